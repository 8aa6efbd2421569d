using VffQos.Sources;

namespace VffQos.Flows;

/// <summary>A line whose flow is not known yet.</summary>
/// <param name="Client">Where the client's packets come from.</param>
/// <param name="Transport">What the line says of the transport.</param>
/// <param name="Source">Which source's ports are candidates.</param>
/// <param name="User">Whom it names.</param>
/// <param name="Line">Its number in the order that lines were read in, over all sources.</param>
/// <param name="Since">When it was first looked for, in milliseconds of the engine's clock.</param>
/// <param name="Attempt">How often it was looked for.</param>
/// <param name="IsHistory">Written before the daemon looked: only flows that exist now count, and nothing is retried.</param>
internal readonly record struct PendingLine(
    ClientEndpoint Client, ClientTransport Transport, int Source, FlowUser User, long Line, long Since, int Attempt, bool IsHistory);
