namespace VffQos.State;

/// <summary>The state cannot be read or kept. The message is a sentence for the operator that names the file.</summary>
internal sealed class StateException : Exception
{
    /// <summary>Whether nothing is wrong with the state but that another process has it.</summary>
    public bool IsInUse { get; init; }

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
