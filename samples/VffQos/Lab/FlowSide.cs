namespace VffQos.Lab;

/// <summary>One of a flow's ends.</summary>
internal enum FlowSide
{
    /// <summary>Out in the world.</summary>
    Client,

    /// <summary>On the server.</summary>
    Server,
}
