using System.Text.Json.Serialization;

namespace VffQos.Status;

/// <summary>What <c>vffqos status</c> tells. The names are the keys of <c>--json</c> (docs/status.md): stable.</summary>
/// <param name="Process">The daemon's process in this network namespace; null where none runs.</param>
/// <param name="DataPlane"><c>maps</c> or <c>marks</c>, as found in the kernel; null where there is neither.</param>
/// <param name="Reason">Why the daemon chose it; null where the state does not tell.</param>
/// <param name="Wan">The device that clients come in by; null where there is none.</param>
/// <param name="Ifb">The device that uploads are shaped on; null where it is not there.</param>
/// <param name="Redirect">Whether uploads are redirected there now.</param>
/// <param name="Flows">Entries of the flow table; null where the data plane has none.</param>
/// <param name="Upload">The default class of uploads; null where it is not there.</param>
/// <param name="Download">The default class of downloads; null where it is not there.</param>
/// <param name="Users">By name.</param>
/// <param name="Counters">What the daemon had counted when it last wrote its state, since its start.</param>
internal sealed record StatusReport(
    int? Process, string? DataPlane, string? Reason, string? Wan, string? Ifb, bool Redirect, int? Flows,
    DirectionStatus? Upload, DirectionStatus? Download, IReadOnlyList<UserStatus> Users, IReadOnlyDictionary<string, long> Counters);

/// <summary>Writes the report without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class StatusJson : JsonSerializerContext;
