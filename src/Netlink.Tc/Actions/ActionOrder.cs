namespace VffNetlink.Tc;

/// <summary>The ids in a list of actions: their order, from 1.</summary>
internal enum ActionOrder : ushort;
