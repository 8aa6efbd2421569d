using System.Runtime.CompilerServices;

namespace VffNetlink;

/// <summary>
/// A place in a <see cref="PreparedMessage"/> for a value in the machine's byte order: a number, or a fixed struct as the kernel lays it
/// out. It fits that message alone, and values of its own size alone.
/// </summary>
/// <typeparam name="T">What goes there.</typeparam>
public readonly struct Slot<T>
    where T : unmanaged
{
    internal Slot(PreparedMessage owner, int offset)
    {
        Owner = owner;
        Offset = offset;
    }

    internal PreparedMessage? Owner { get; }

    internal int Offset { get; }

    /// <summary>A place for one field of the struct, such as <c>(ref tcmsg m) => ref m.tcm_handle</c>. Once, while preparing: it is not cheap.</summary>
    /// <typeparam name="TField">The field's type.</typeparam>
    /// <param name="field">From the struct to its field.</param>
    /// <exception cref="ArgumentException">What it leads to is not inside the struct.</exception>
    /// <exception cref="InvalidOperationException">This is the default value, which is a place in no message.</exception>
    public Slot<TField> Field<TField>(SlotField<T, TField> field)
        where TField : unmanaged
    {
        ArgumentNullException.ThrowIfNull(field);
        if (Owner is null)
            throw new InvalidOperationException("The default value is a place in no message.");
        var value = default(T);
        var offset = Unsafe.ByteOffset(ref Unsafe.As<T, byte>(ref value), ref Unsafe.As<TField, byte>(ref field(ref value)));
        return offset >= 0 && offset + Unsafe.SizeOf<TField>() <= Unsafe.SizeOf<T>()
            ? new Slot<TField>(Owner, Offset + (int)offset)
            : throw new ArgumentException($"This is no field of {typeof(T).Name}.", nameof(field));
    }
}
