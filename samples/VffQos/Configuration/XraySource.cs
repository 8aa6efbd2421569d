namespace VffQos.Configuration;

/// <summary>An Xray whose access log names users.</summary>
/// <param name="AccessLog">The log's absolute path; the file need not exist yet.</param>
/// <param name="Ports">The ports of the node that its clients connect to, at least one.</param>
internal sealed record XraySource(string AccessLog, IReadOnlyList<ushort> Ports);
