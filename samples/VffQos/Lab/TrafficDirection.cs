namespace VffQos.Lab;

/// <summary>A direction as the user sees it.</summary>
internal enum TrafficDirection
{
    /// <summary>From the client to the server.</summary>
    Upload,

    /// <summary>From the server to the client.</summary>
    Download,
}
