namespace VffQos.Shaping;

/// <summary>
/// Shaping is not possible here: the kernel lacks a part, a device is missing, or something that is not ours is in our place. The
/// message is a sentence for the operator.
/// </summary>
internal sealed class ShapingException : Exception
{
    public ShapingException()
    {
    }

    public ShapingException(string message)
        : base(message)
    {
    }

    public ShapingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
