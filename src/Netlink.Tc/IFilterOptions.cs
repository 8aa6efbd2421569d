namespace VffNetlink.Tc;

/// <summary>What a filter is made from.</summary>
public interface IFilterOptions : ITcOptions;
