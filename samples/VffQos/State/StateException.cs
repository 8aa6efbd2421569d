namespace VffQos.State;

/// <summary>The state cannot be read or kept. The message is a sentence for the operator that names the file.</summary>
internal sealed class StateException : Exception
{
    public StateException()
    {
    }

    public StateException(string message)
        : base(message)
    {
    }

    public StateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
