namespace VffNetlink.Uapi;

/// <summary>What the codes of classic BPF's instructions are made of (<c>linux/filter.h</c>).</summary>
public static class BPF
{
    /// <summary>Loads into the accumulator.</summary>
    public const ushort BPF_LD = 0x00;

    /// <summary>Loads into the index register.</summary>
    public const ushort BPF_LDX = 0x01;

    /// <summary>Computes.</summary>
    public const ushort BPF_ALU = 0x04;

    /// <summary>Jumps.</summary>
    public const ushort BPF_JMP = 0x05;

    /// <summary>Ends: so many bytes of the datagram are taken, 0 drops it.</summary>
    public const ushort BPF_RET = 0x06;

    /// <summary>Copies between the registers.</summary>
    public const ushort BPF_MISC = 0x07;

    /// <summary>32 bits in network byte order.</summary>
    public const ushort BPF_W = 0x00;

    /// <summary>16 bits in network byte order.</summary>
    public const ushort BPF_H = 0x08;

    /// <summary>A byte.</summary>
    public const ushort BPF_B = 0x10;

    /// <summary>The operand itself.</summary>
    public const ushort BPF_IMM = 0x00;

    /// <summary>From the datagram, at the operand.</summary>
    public const ushort BPF_ABS = 0x20;

    /// <summary>From the datagram, at the index register and the operand.</summary>
    public const ushort BPF_IND = 0x40;

    /// <summary>And.</summary>
    public const ushort BPF_AND = 0x50;

    /// <summary>Always.</summary>
    public const ushort BPF_JA = 0x00;

    /// <summary>Where equal.</summary>
    public const ushort BPF_JEQ = 0x10;

    /// <summary>From the accumulator to the index register.</summary>
    public const ushort BPF_TAX = 0x00;

    /// <summary>With the operand.</summary>
    public const ushort BPF_K = 0x00;
}
