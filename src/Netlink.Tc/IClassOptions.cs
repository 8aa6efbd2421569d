namespace VffNetlink.Tc;

/// <summary>What a class is made from.</summary>
public interface IClassOptions : ITcOptions;
