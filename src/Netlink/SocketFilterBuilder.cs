using VffNetlink.Uapi;

namespace VffNetlink;

/// <summary>
/// Writes a <see cref="SocketFilter"/> instruction by instruction. Offsets count from the beginning of the datagram, which is that of its <c>nlmsghdr</c>; a load from
/// behind its end drops it.
/// </summary>
/// <remarks>
/// Conditions are written as what has to hold: where it does not, the program goes to a label. Labels lie ahead, since programs never jump back, and may be as far as they are.
/// </remarks>
public sealed class SocketFilterBuilder
{
    private readonly List<sock_filter> _instructions = [];
    private readonly List<(int Instruction, int Label)> _jumps = [];
    private readonly List<int> _labels = [];

    /// <summary>A place to jump to, which <see cref="Place"/> gives it.</summary>
    public int NewLabel()
    {
        _labels.Add(-1);
        return _labels.Count - 1;
    }

    /// <summary>Puts a label here.</summary>
    /// <exception cref="InvalidOperationException">It has a place already.</exception>
    public void Place(int label)
    {
        if (_labels[label] >= 0)
            throw new InvalidOperationException($"Label {label} has a place already.");
        _labels[label] = _instructions.Count;
    }

    /// <summary>Loads the byte at an offset.</summary>
    public void LoadByte(int offset) => Add(BPF.BPF_LD | BPF.BPF_B | BPF.BPF_ABS, (uint)offset);

    /// <summary>
    /// Loads the place of an attribute behind a family's header; 0: there is none. The inside of nests is not looked at.
    /// </summary>
    /// <param name="headers">Bytes of the message's header and the family's.</param>
    /// <param name="type">The attribute's number.</param>
    public void FindAttribute(int headers, ushort type)
    {
        Add(BPF.BPF_LD | BPF.BPF_IMM, (uint)headers);
        Add(BPF.BPF_LDX | BPF.BPF_IMM, type);
        Add(BPF.BPF_LD | BPF.BPF_W | BPF.BPF_ABS, unchecked((uint)(SKF.SKF_AD_OFF + SKF.SKF_AD_NLATTR)));
    }

    /// <summary>Loads the place of an attribute inside the nest whose place is loaded; 0: there is none.</summary>
    /// <param name="type">The attribute's number.</param>
    public void FindNested(ushort type)
    {
        Add(BPF.BPF_LDX | BPF.BPF_IMM, type);
        Add(BPF.BPF_LD | BPF.BPF_W | BPF.BPF_ABS, unchecked((uint)(SKF.SKF_AD_OFF + SKF.SKF_AD_NLATTR_NEST)));
    }

    /// <summary>Takes the place that is loaded for the one that <see cref="LoadPayloadByte"/> and <see cref="LoadPayloadWord"/> load from.</summary>
    public void EnterPayload() => Add(BPF.BPF_MISC | BPF.BPF_TAX, 0);

    /// <summary>Loads a byte of the attribute that was entered.</summary>
    /// <param name="offset">In its payload.</param>
    public void LoadPayloadByte(int offset) => Add(BPF.BPF_LD | BPF.BPF_B | BPF.BPF_IND, (uint)(offset + 4));

    /// <summary>Loads 32 bits in network byte order of the attribute that was entered.</summary>
    /// <param name="offset">In its payload.</param>
    public void LoadPayloadWord(int offset) => Add(BPF.BPF_LD | BPF.BPF_W | BPF.BPF_IND, (uint)(offset + 4));

    /// <summary>Keeps the bits of a mask of what is loaded.</summary>
    public void And(uint mask)
    {
        if (mask != uint.MaxValue)
            Add(BPF.BPF_ALU | BPF.BPF_AND | BPF.BPF_K, mask);
    }

    /// <summary>Goes to a label where what is loaded is not equal to a number.</summary>
    public void UnlessEqual(uint value, int label)
    {
        // Over the jump where it is; jumps on a condition reach 255 instructions, the others any.
        Add(BPF.BPF_JMP | BPF.BPF_JEQ | BPF.BPF_K, value, onTrue: 1);
        GoTo(label);
    }

    /// <summary>Goes to a label where what is loaded is equal to a number.</summary>
    public void IfEqual(uint value, int label)
    {
        Add(BPF.BPF_JMP | BPF.BPF_JEQ | BPF.BPF_K, value, onFalse: 1);
        GoTo(label);
    }

    /// <summary>Goes to a label.</summary>
    public void GoTo(int label)
    {
        _jumps.Add((_instructions.Count, label));
        Add(BPF.BPF_JMP | BPF.BPF_JA, 0);
    }

    /// <summary>Ends the program: the datagram is queued.</summary>
    public void Accept() => Add(BPF.BPF_RET | BPF.BPF_K, uint.MaxValue);

    /// <summary>Ends the program: the datagram is dropped.</summary>
    public void Drop() => Add(BPF.BPF_RET | BPF.BPF_K, 0);

    /// <summary>The program.</summary>
    /// <exception cref="InvalidOperationException">A label that is jumped to has no place, or one behind it, or the program is longer than the kernel takes.</exception>
    public SocketFilter Build()
    {
        var instructions = _instructions.ToArray();
        if (instructions.Length is 0 or > SocketFilter.MaximumLength)
            throw new InvalidOperationException($"A socket filter has 1 to {SocketFilter.MaximumLength} instructions; this one has {instructions.Length}.");
        foreach (var (at, label) in _jumps)
        {
            var distance = _labels[label] - at - 1;
            if (distance < 0 || _labels[label] >= instructions.Length)
                throw new InvalidOperationException($"The jump at {at} to label {label} leads nowhere: it has to lie ahead.");
            instructions[at].k = (uint)distance;
        }

        return new SocketFilter(instructions);
    }

    private void Add(int code, uint operand, byte onTrue = 0, byte onFalse = 0) =>
        _instructions.Add(new sock_filter { code = (ushort)code, jt = onTrue, jf = onFalse, k = operand });
}
