namespace VffNetlink.Tc;

/// <summary>What a qdisc is made from.</summary>
public interface IQdiscOptions : ITcOptions;
