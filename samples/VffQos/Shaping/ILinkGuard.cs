namespace VffQos.Shaping;

/// <summary>
/// Watches the WAN and the IFB, withdraws the redirect when one of them is gone or down, and brings everything back when they
/// are. Belongs to the thread of its <see cref="IShaper"/>.
/// </summary>
internal interface ILinkGuard
{
    /// <summary>The descriptor to poll for readability and errors.</summary>
    int Descriptor { get; }

    /// <summary>How long from now until <see cref="Work"/> wants to be called though the descriptor is not ready; null: not at all.</summary>
    TimeSpan? NextWork { get; }

    /// <summary>Reads what there is to read and does what has become due. Never throws for what can be tried again later.</summary>
    void Work();
}
