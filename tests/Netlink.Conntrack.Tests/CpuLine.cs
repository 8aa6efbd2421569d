namespace VffNetlink.Conntrack.Tests;

/// <summary>Statistics of a processor as <c>conntrack -S</c> prints them.</summary>
internal static class CpuLine
{
    public static string Of(ConntrackCpuStatistics s) => FormattableString.Invariant(
        $"cpu={s.Cpu,-4}\tfound={s.Found} invalid={s.Invalid} insert={s.Inserted} insert_failed={s.InsertFailed} drop={s.Dropped} early_drop={s.DroppedEarly} error={s.Errors} search_restart={s.SearchRestarts} ")
        + (s.ClashesResolved is { } clashes ? FormattableString.Invariant($"clash_resolve={clashes} ") : "")
        + (s.ChainTooLong is { } chains ? FormattableString.Invariant($"chaintoolong={chains} ") : "");
}
