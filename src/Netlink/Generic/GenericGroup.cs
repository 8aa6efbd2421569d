namespace VffNetlink.Generic;

/// <summary>A group that events of a family come by.</summary>
/// <param name="Name">Unique in the family.</param>
/// <param name="Id">The number to join, unique among all families.</param>
public sealed record GenericGroup(string Name, uint Id);
