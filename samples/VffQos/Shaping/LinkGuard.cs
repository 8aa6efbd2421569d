using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using VffNetlink;
using VffNetlink.Uapi;

namespace VffQos.Shaping;

/// <summary>
/// Hears of every change of a link, and looks now and then whether anything else was taken away or bent. A redirect drops all that it redirects
/// once its IFB is down or gone, so it goes first, at once and without asking why; then everything is brought back, and where that cannot
/// be, tried again: at the next event, and meanwhile ever more rarely.
/// </summary>
internal sealed partial class LinkGuard : ILinkGuard, IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Between two looks at tables and roots, of whose end no link event tells.</summary>
    private static readonly TimeSpan Patrol = TimeSpan.FromSeconds(5);

    /// <summary>Looks at every class and look-up, during which lines wait, take one part of so many of the time at most: with a thousand users there is one every ten seconds.</summary>
    private const int LookShare = 500;

    private static readonly TimeSpan LongestLookPause = TimeSpan.FromMinutes(10);

    private readonly Shaper _shaper;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly NetlinkEventSocket _socket;
    private long _lastRepair; // or patrol
    private long _lastLook;
    private TimeSpan _lookPause;
    private bool _isBroken;
    private TimeSpan _pause = ShortestPause;
    private string? _lastFailure;

    /// <summary>Watches from now on.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public LinkGuard(Shaper shaper, TimeProvider time, ILogger log)
    {
        _shaper = shaper;
        _time = time;
        _log = log;
        _lastRepair = time.GetTimestamp() - (long)(ShortestPause.TotalSeconds * time.TimestampFrequency);
        ReadOnlySpan<uint> groups = [(uint)RTNLGRP.RTNLGRP_LINK, (uint)RTNLGRP.RTNLGRP_IPV4_ROUTE, (uint)RTNLGRP.RTNLGRP_IPV6_ROUTE];
        _socket = NetlinkEventSocket.Open(NETLINK.NETLINK_ROUTE, shaper.FollowsDefaultRoute ? groups : groups[..1]);
    }

    /// <inheritdoc/>
    public int Descriptor => _socket.Descriptor;

    /// <inheritdoc/>
    public TimeSpan? NextWork
    {
        get
        {
            if (!_shaper.HasConverged)
                return null;
            var left = (_isBroken ? _pause : Patrol) - _time.GetElapsedTime(_lastRepair);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <inheritdoc/>
    public void Work()
    {
        var sink = new Sink(_shaper);
        try
        {
            while (_socket.Receive(ref sink))
            {
                // A flood of events says no more than one.
            }
        }
        catch (Exception exception) when (exception is NetlinkException or NetlinkFormatException)
        {
            sink.IsRelevant = true; // whatever it said, a look at the links tells
            LogUnreadable(exception);
        }

        if (!_shaper.HasConverged)
            return;
        if (sink.IsRelevant)
            Check();
        else if (NextWork == TimeSpan.Zero && !IsIntact())
            Repair();
    }

    /// <summary>Something could not be brought to the kernel: all of it is to be looked at soon.</summary>
    public void Suspect()
    {
        _isBroken = true;
        _pause = ShortestPause;
    }

    /// <summary>Everything was just brought to what it should be, as far as the links allow.</summary>
    public void Converged()
    {
        _isBroken = !_shaper.AreLinksGood();
        _pause = _isBroken ? LongestPause : ShortestPause;
        _lastRepair = _time.GetTimestamp();
        if (_lastFailure is null || _isBroken)
            return;
        LogRepaired();
        _lastFailure = null;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Check()
    {
        try
        {
            if (_shaper.AreLinksGood() && !_isBroken)
                return;
            if (!_shaper.AreLinksGood())
            {
                _shaper.TakeRedirectOut();
                if (!_isBroken)
                    LogWithdrawn();
            }
        }
        catch (Exception exception) when (IsTemporary(exception))
        {
            Fail(exception);
            return;
        }

        _isBroken = true;
        _pause = ShortestPause;
        if (NextWork == TimeSpan.Zero)
            Repair();
    }

    private bool IsIntact()
    {
        if (_isBroken)
            return false;
        try
        {
            _lastRepair = _time.GetTimestamp();
            if (_shaper.IsIntact() && (_time.GetElapsedTime(_lastLook) < _lookPause || IsWhole()))
                return true;
            LogDamaged();
        }
        catch (Exception exception) when (IsTemporary(exception))
        {
            Fail(exception);
        }

        return false;
    }

    private bool IsWhole()
    {
        var started = _time.GetTimestamp();
        var isWhole = false;
        try
        {
            return isWhole = _shaper.IsWhole();
        }
        finally
        {
            _lastLook = _time.GetTimestamp();
            var pause = LookShare * _time.GetElapsedTime(started, _lastLook);
            // Whoever bends it again and again is answered ever more rarely.
            var patience = isWhole ? TimeSpan.Zero : 2 * (_lookPause > Patrol ? _lookPause : Patrol);
            pause = pause > patience ? pause : patience;
            _lookPause = pause < LongestLookPause ? pause : LongestLookPause;
        }
    }

    private void Repair()
    {
        try
        {
            _shaper.ConvergeAgain();
        }
        catch (Exception exception) when (IsTemporary(exception))
        {
            Fail(exception);
        }
    }

    private void Fail(Exception exception)
    {
        // The same reason again and again is told once.
        if (exception.Message != _lastFailure)
            LogNotRepaired(exception.Message);
        _lastFailure = exception.Message;
        _isBroken = true;
        _lastRepair = _time.GetTimestamp();
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
    }

    private static bool IsTemporary(Exception exception) => exception is NetlinkException or NetlinkFormatException or ShapingException or TimeoutException;

    [LoggerMessage(20, LogLevel.Warning, "The WAN or the IFB is down, gone or another: uploads pass unlimited until shaping is back")]
    private partial void LogWithdrawn();

    [LoggerMessage(24, LogLevel.Warning, "Somebody took away or bent a part of the shaping; it is brought back")]
    private partial void LogDamaged();

    [LoggerMessage(21, LogLevel.Warning, "Shaping is not back yet: {Reason}")]
    private partial void LogNotRepaired(string reason);

    [LoggerMessage(22, LogLevel.Information, "Shaping is back")]
    private partial void LogRepaired();

    [LoggerMessage(23, LogLevel.Warning, "A notification about links could not be read")]
    private partial void LogUnreadable(Exception exception);

    private struct Sink(Shaper shaper) : IEventSink
    {
        private const byte MainTable = 254; // RT_TABLE_MAIN

        public bool IsRelevant { get; set; }

        public void Event(scoped in NetlinkMessage message)
        {
            if (IsRelevant)
                return;
            switch ((RTM)message.Type)
            {
                case RTM.RTM_NEWLINK or RTM.RTM_DELLINK:
                    var name = message.Attributes<ifinfomsg, IFLA>().TryFind(IFLA.IFLA_IFNAME, out var a) ? a.ReadUtf8() : default;
                    IsRelevant = shaper.IsWatched(message.ReadHeader<ifinfomsg>().ifi_index, name);
                    break;
                case RTM.RTM_NEWROUTE or RTM.RTM_DELROUTE:
                    var route = message.ReadHeader<rtmsg>();
                    IsRelevant = route.rtm_dst_len == 0 && route.rtm_table == MainTable;
                    break;
            }
        }

        public void Overrun() => IsRelevant = true;
    }
}
