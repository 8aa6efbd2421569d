using Vffnl.Names;
using Vffnl.Output;

namespace Vffnl.Monitor;

/// <summary>A change that the kernel told of.</summary>
/// <param name="IsRemoval">Whether the object went.</param>
/// <param name="Write">Writes the object's fields.</param>
internal sealed record Change(bool IsRemoval, Action<Report, LinkDirectory> Write);
