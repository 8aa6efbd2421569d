namespace VffNetlink.Tc;

/// <summary>
/// Walks a list of actions: <c>foreach (var action in new ActionReader(payload))</c>, where the payload is that of a filter's
/// <c>TCA_…_ACT</c>.
/// </summary>
public ref struct ActionReader
{
    private AttributeReader<ActionOrder> _attributes;

    /// <summary>Reads from the start of <paramref name="actions"/>.</summary>
    public ActionReader(ReadOnlySpan<byte> actions) => _attributes = new AttributeReader<ActionOrder>(actions);

    /// <summary>The action that <see cref="MoveNext"/> came to.</summary>
    /// <exception cref="NetlinkFormatException">Its bytes are malformed.</exception>
    public readonly ActionView Current => new(_attributes.Current.Payload);

    /// <summary>This reader, for <c>foreach</c>.</summary>
    public readonly ActionReader GetEnumerator() => this;

    /// <summary>Goes to the next action; false at the end.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are malformed.</exception>
    public bool MoveNext() => _attributes.MoveNext();
}
