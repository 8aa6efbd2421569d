namespace VffNetlink;

/// <summary>Leads from a struct to one of its fields.</summary>
/// <typeparam name="T">The struct.</typeparam>
/// <typeparam name="TField">The field's type.</typeparam>
/// <param name="value">The struct.</param>
public delegate ref TField SlotField<T, TField>(ref T value);
