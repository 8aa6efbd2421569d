using System.Reflection;
using Xunit;

namespace VffNetlink.Testing;

/// <summary>All verbs of a client, each with a call of it: what is promised of every verb is looked at with every verb.</summary>
/// <typeparam name="TClient">The client.</typeparam>
internal sealed class Verbs<TClient>
{
    private readonly List<(string Name, Action<TClient> Call)> _calls = [];

    /// <summary>Adds a call.</summary>
    /// <param name="name">The verb.</param>
    /// <param name="call">Answered or refused, it comes to its end; whatever it returns is dropped.</param>
    public Verbs<TClient> Add(string name, Action<TClient> call)
    {
        _calls.Add((name, call));
        return this;
    }

    /// <summary>No verb does anything where its limit is over, and none was forgotten here.</summary>
    /// <param name="limited">A view of the client whose limit is over: cancelled beforehand.</param>
    /// <param name="kernel">Its kernel.</param>
    public void AssertLimited(TClient limited, ScriptedTransport kernel)
    {
        var verbs = typeof(TClient).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(static m => !m.IsSpecialName && m.Name is not ("Within" or "Dispose"))
            .GroupBy(static m => m.Name, static (name, forms) => (Name: name, Forms: forms.Count()))
            .OrderBy(static v => v.Name, StringComparer.Ordinal);
        var calls = _calls.GroupBy(static c => c.Name, static (name, forms) => (Name: name, Forms: forms.Count())).OrderBy(static v => v.Name, StringComparer.Ordinal);
        Assert.Equal(verbs, calls);
        foreach (var (name, call) in _calls)
        {
            var thrown = Record.Exception(() => call(limited));
            Assert.True(thrown is OperationCanceledException, $"{name}: {thrown}");
            Assert.True(kernel.Sent.Count == 0, $"{name} was sent");
        }
    }
}
