using System.Runtime.CompilerServices;

namespace VffNetlink.Conntrack;

/// <content>Expectations.</content>
public sealed partial class ConntrackClient
{
    /// <summary>All expectations, or all because of a flow. A dump that the table changed under is made again.</summary>
    /// <param name="family"><see cref="InetFamily.Unspecified"/>: both.</param>
    /// <param name="master">The flow's original tuple; null: any flow.</param>
    /// <exception cref="NetlinkException">The flow is not there (ENOENT), or nobody may ask (EPERM).</exception>
    [SkipLocalsInit]
    public IReadOnlyList<Expectation> ListExpectations(InetFamily family = InetFamily.Unspecified, ConntrackTuple? master = null)
    {
        Span<byte> buffer = stackalloc byte[ExpectationRequest.MaximumLength];
        return _socket.Dump(
            ExpectationRequest.Dump(buffer, family, master).Message,
            ExpectationRequest.Space,
            master is null ? "IPCTNL_MSG_EXP_GET dump" : $"IPCTNL_MSG_EXP_GET dump because of {master}",
            static (scoped in NetlinkMessage m) => ExpectationView.IsExpectation(m) ? Expectation.Read(m) : null, limit: _limit);
    }

    /// <summary>Gets the expectation of a tuple.</summary>
    /// <param name="tuple">What is expected, with its zone.</param>
    /// <param name="expectation">The expectation; null where there is none.</param>
    /// <param name="error">ENOENT: there is none.</param>
    /// <exception cref="ArgumentException">The tuple is the default value.</exception>
    [SkipLocalsInit]
    public bool TryGetExpectation(in ConntrackTuple tuple, out Expectation? expectation, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[ExpectationRequest.MaximumLength];
        using var replies = _socket.Exchange(ExpectationRequest.Get(buffer, tuple).Message, ExpectationRequest.Space, _limit);
        expectation = null;
        while (replies.MoveNext())
            expectation = Expectation.Read(replies.Current);
        error = replies.Error;
        return error.IsSuccess && (expectation is not null || MissingReply());
    }

    /// <summary>Gets the expectation of a tuple; null where there is none.</summary>
    /// <param name="tuple">What is expected, with its zone.</param>
    /// <exception cref="NetlinkException">It may not be asked for (EPERM).</exception>
    /// <exception cref="ArgumentException">The tuple is the default value.</exception>
    public Expectation? FindExpectation(in ConntrackTuple tuple) =>
        TryGetExpectation(tuple, out var expectation, out var error) || error.Number == Errno.ENOENT ? expectation : throw new NetlinkException(error, $"IPCTNL_MSG_EXP_GET {tuple}");

    /// <summary>Makes an expectation.</summary>
    /// <param name="expectation">Its master and tuple, and what else is to be set.</param>
    /// <param name="error">EEXIST: one of the tuple is there; ENOENT: the master is not; EOPNOTSUPP: the master has no helper; EMFILE: it has enough.</param>
    /// <remarks>A timeout is set by a second request: the kernel gives every new one that of the policy of its master's helper, whatever was asked for.</remarks>
    /// <exception cref="ArgumentException">A tuple is missing, or the tuples are in two zones.</exception>
    [SkipLocalsInit]
    public bool TryCreateExpectation(Expectation expectation, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[ExpectationRequest.MaximumLength];
        if (!_socket.TryRequest(ExpectationRequest.Create(buffer, expectation).Message, ExpectationRequest.Space, _limit, out error))
            return false;
        if (expectation.Timeout is not { } timeout || TryUpdateExpectation(expectation.Tuple, timeout, out error))
            return true;
        if (error.Number != Errno.ENOENT)
            return false;
        error = default; // what was expected has come already
        return true;
    }

    /// <summary>Makes an expectation.</summary>
    /// <param name="expectation">Its master and tuple, and what else is to be set.</param>
    /// <exception cref="NetlinkException">One of the tuple is there (EEXIST), the master is not (ENOENT) or has no helper (EOPNOTSUPP).</exception>
    /// <exception cref="ArgumentException">A tuple is missing, or the tuples are in two zones.</exception>
    public void CreateExpectation(Expectation expectation)
    {
        if (!TryCreateExpectation(expectation, out var error))
            throw new NetlinkException(error, $"IPCTNL_MSG_EXP_NEW {expectation.Tuple} because of {expectation.Master}");
    }

    /// <summary>Sets the timeout of the expectation of a tuple, and starts it anew: nothing else of an expectation can be changed. Allocates nothing.</summary>
    /// <param name="tuple">What is expected, with its zone.</param>
    /// <param name="timeout">In whole seconds; a part of one counts as one.</param>
    /// <param name="error">ENOENT: there is none; ETIME: it is being given up at this moment.</param>
    /// <remarks>No event tells of it.</remarks>
    /// <exception cref="ArgumentException">The tuple is the default value, or the timeout is negative.</exception>
    [SkipLocalsInit]
    public bool TryUpdateExpectation(in ConntrackTuple tuple, TimeSpan timeout, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[ExpectationRequest.MaximumLength];
        return _socket.TryRequest(ExpectationRequest.Update(buffer, tuple, timeout).Message, ExpectationRequest.Space, _limit, out error);
    }

    /// <summary>Sets the timeout of the expectation of a tuple, and starts it anew: nothing else of an expectation can be changed.</summary>
    /// <param name="tuple">What is expected, with its zone.</param>
    /// <param name="timeout">In whole seconds; a part of one counts as one.</param>
    /// <exception cref="NetlinkException">There is none (ENOENT).</exception>
    /// <exception cref="ArgumentException">The tuple is the default value, or the timeout is negative.</exception>
    public void UpdateExpectation(in ConntrackTuple tuple, TimeSpan timeout)
    {
        if (!TryUpdateExpectation(tuple, timeout, out var error))
            throw new NetlinkException(error, $"IPCTNL_MSG_EXP_NEW timeout {timeout} on {tuple}");
    }

    /// <summary>Deletes the expectation of a tuple, and with an id only that one.</summary>
    /// <param name="tuple">What is expected, with its zone.</param>
    /// <param name="id">Only this one; null: whichever expects the tuple.</param>
    /// <param name="error">ENOENT: there is none.</param>
    /// <exception cref="ArgumentException">The tuple is the default value.</exception>
    [SkipLocalsInit]
    public bool TryDeleteExpectation(in ConntrackTuple tuple, uint? id, out NetlinkError error)
    {
        Span<byte> buffer = stackalloc byte[ExpectationRequest.MaximumLength];
        return _socket.TryRequest(ExpectationRequest.Delete(buffer, tuple, id).Message, ExpectationRequest.Space, _limit, out error);
    }

    /// <summary>Deletes the expectation of a tuple, and with an id only that one.</summary>
    /// <param name="tuple">What is expected, with its zone.</param>
    /// <param name="id">Only this one; null: whichever expects the tuple.</param>
    /// <exception cref="NetlinkException">There is none (ENOENT).</exception>
    public void DeleteExpectation(in ConntrackTuple tuple, uint? id = null)
    {
        if (!TryDeleteExpectation(tuple, id, out var error))
            throw new NetlinkException(error, $"IPCTNL_MSG_EXP_DELETE {tuple}{(id is null ? "" : $" id {id}")}");
    }

    /// <summary>Deletes all expectations, or all that helpers of a name have made.</summary>
    /// <param name="helper">Null: all.</param>
    /// <exception cref="NetlinkException">It may not be done (EPERM).</exception>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    [SkipLocalsInit]
    public void FlushExpectations(string? helper = null)
    {
        Span<byte> buffer = stackalloc byte[ExpectationRequest.MaximumLength];
        if (!_socket.TryRequest(ExpectationRequest.Flush(buffer, helper).Message, ExpectationRequest.Space, _limit, out var error))
            throw new NetlinkException(error, helper is null ? "IPCTNL_MSG_EXP_DELETE all expectations" : $"IPCTNL_MSG_EXP_DELETE expectations of {helper}");
    }
}
