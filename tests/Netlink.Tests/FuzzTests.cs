using VffNetlink.Route;
using VffNetlink.Testing;
using VffNetlink.Tests.Scripted;
using VffNetlink.Uapi;

namespace VffNetlink.Tests;

/// <summary>Whatever bytes come, reading ends with values or with <see cref="NetlinkFormatException"/>, and never looks past them.</summary>
public sealed class FuzzTests : IDisposable
{
    /// <summary>VFFNETLINK_FUZZ makes it longer.</summary>
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("VFFNETLINK_FUZZ"), out var rounds) ? rounds : 40_000;

    private static readonly AttributeSpace Links = AttributeSpace.Of<ifinfomsg, IFLA>(
        (IFLA.IFLA_LINKINFO, AttributeSpace.Of<IFLA_INFO>((IFLA_INFO.IFLA_INFO_DATA, VethLink.Data))
            .WithKinds(IFLA_INFO.IFLA_INFO_KIND, IFLA_INFO.IFLA_INFO_DATA, static kind => kind.SequenceEqual("veth"u8) ? VethLink.Data : null)));

    private readonly GuardedBuffer _guarded = new(1 << 20);
    private readonly GuardedBuffer _guardedRequest = new(1 << 20);
    private readonly byte[] _request = Golden.Load("link-add-veth.txt")[0];
    private int _values;
    private int _malformed;

    public void Dispose()
    {
        _guarded.Dispose();
        _guardedRequest.Dispose();
    }

    [Fact]
    public void Mutated_Messages()
    {
        var mutations = new Mutations(Corpus(), seed: 20261121);
        for (var i = 0; i < Rounds; i++)
        {
            var bytes = mutations.Next();
            try
            {
                ReadEverything(_guarded.Put(bytes));
            }
            catch (Exception exception)
            {
                Assert.Fail($"round {i}, {Convert.ToHexString(bytes)}: {exception}");
            }
        }

        // Both ends were met, many times.
        Assert.True(_values > Rounds && _malformed > Rounds / 10, $"{_values} values, {_malformed} malformed");
    }

    [Fact]
    public void Messages_Cut_At_Every_Byte()
    {
        // One link with an alias and one with nests stand for all links, which are long.
        var links = Golden.Load("reply-links.txt");
        foreach (var message in Corpus().Where(m => BitConverter.ToUInt16(m, 4) != (ushort)RTM.RTM_NEWLINK).Append(links[1]).Append(links[3]))
        {
            for (var length = 0; length < message.Length; length++)
            {
                var cut = message[..length];
                ReadEverything(_guarded.Put(cut));
                if (length >= 16)
                {
                    BitConverter.TryWriteBytes(cut, length);
                    ReadEverything(_guarded.Put(cut));
                }
            }
        }

        Assert.True(_values > 10_000 && _malformed > 1000, $"{_values} values, {_malformed} malformed");
    }

    [Fact]
    public void Whole_Messages_Are_Not_Malformed()
    {
        foreach (var message in Corpus())
            ReadEverything(_guarded.Put(message));
        Assert.Equal(0, _malformed);
    }

    private static List<byte[]> Corpus()
    {
        var corpus = new List<byte[]>();
        foreach (var file in (string[])["reply-links.txt", "reply-addresses.txt", "reply-routes-4.txt", "reply-routes-6.txt", "link-add-veth.txt"])
            corpus.AddRange(Golden.Load(file));
        var request = Script.Request();
        var explanation = Script.Explain("Words", offset: 20, missing: 2, nest: 20);
        corpus.Add(ScriptedTransport.Ack(request, Errno.EINVAL, explanation));
        corpus.Add(ScriptedTransport.Ack(request, 0));
        corpus.Add(Script.Uncapped(request, Errno.EINVAL, explanation));
        corpus.Add(Script.Done(1, Errno.EINVAL, attributes: explanation));
        return corpus;
    }

    private void ReadEverything(ReadOnlySpan<byte> datagram)
    {
        var messages = new MessageReader(datagram);
        while (true)
        {
            try
            {
                if (!messages.MoveNext())
                    return;
            }
            catch (NetlinkFormatException)
            {
                _malformed++;
                Assert.False(messages.MoveNext());
                return;
            }

            ReadMessage(messages.Current);
        }
    }

    private void ReadMessage(NetlinkMessage message)
    {
        switch (message.Type)
        {
            case (ushort)NLMSG.NLMSG_ERROR:
                Try(message, m => AckReader.ReadError(m, _request, Links).ToString());
                break;
            case (ushort)NLMSG.NLMSG_DONE:
                Try(message, m => AckReader.ReadDone(m, _request, Links).ToString());
                break;
            case (ushort)RTM.RTM_NEWLINK:
                Try(message, static m => Link.Read(m));
                Try(message, m => ReadAttributes(m.Attributes<ifinfomsg, IFLA>(), 0));
                break;
            case (ushort)RTM.RTM_NEWADDR:
                Try(message, static m => LinkAddress.Read(m));
                Try(message, m => ReadAttributes(m.Attributes<ifaddrmsg, IFA>(), 0));
                break;
            case (ushort)RTM.RTM_NEWROUTE:
                Try(message, static m => RouteEntry.Read(m));
                Try(message, m => ReadAttributes(m.Attributes<rtmsg, RTA>(), 0));
                break;
        }

        // The message as a request that an error points into.
        var request = _guardedRequest.Put([.. _request.AsSpan(0, 16), .. message.Payload]);
        for (var offset = -4; offset < request.Length + 8; offset += Math.Max(4, request.Length / 8 & ~3))
            Links.PathOf(request, offset, out _);
    }

    private object? ReadAttributes<TAttr>(AttributeReader<TAttr> attributes, int depth)
        where TAttr : unmanaged, Enum
    {
        foreach (var a in attributes)
        {
            _values += a.ReadUtf8().Length + a.ReadString().Length > 0 ? 1 : 0;
            if (a.Payload.Length is 1 or 2 or 4 or 8)
                _values += Scalar(a);
            else
                Assert.Equal(4, Refusals(a));
            if (a.Payload.Length >= 8)
                _values += a.ReadStruct<rtmsg>(minimum: 8).rtm_family >= 0 ? 1 : 0;
            if (depth < 6 && a.Payload.Length >= 4)
                Nested(a.Nested<TAttr>(), depth + 1);
        }

        return null;
    }

    private void Nested<TAttr>(AttributeReader<TAttr> attributes, int depth)
        where TAttr : unmanaged, Enum
    {
        try
        {
            attributes.TryFind(default, out _);
            ReadAttributes(attributes, depth);
        }
        catch (NetlinkFormatException)
        {
            // Most attributes are no nests.
        }
    }

    private static int Scalar<TAttr>(scoped in NetlinkAttribute<TAttr> a)
        where TAttr : unmanaged, Enum => a.Payload.Length switch
        {
            1 => a.ReadByte() >= 0 ? 1 : 0,
            2 => a.ReadUInt16() == System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(a.ReadUInt16BigEndian()) ? 1 : 0,
            4 => a.ReadUInt32() == (uint)a.ReadInt32() && a.ReadUInt32() == System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(a.ReadUInt32BigEndian()) ? 1 : 0,
            _ => a.ReadUInt64() == System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(a.ReadUInt64BigEndian()) ? 1 : 0,
        };

    /// <summary>How many of the readers of numbers refuse a length that none of them wants.</summary>
    private static int Refusals<TAttr>(scoped in NetlinkAttribute<TAttr> a)
        where TAttr : unmanaged, Enum
    {
        // An exception each would make this test slow: one attribute in many will do.
        if ((a.Type & 31) != 1)
            return 4;
        var refused = 0;
        for (var which = 0; which < 4; which++)
        {
            try
            {
                _ = which switch { 0 => a.ReadByte(), 1 => a.ReadUInt16(), 2 => a.ReadInt32(), _ => (long)a.ReadUInt64() };
            }
            catch (NetlinkFormatException)
            {
                refused++;
            }
        }

        return refused;
    }

    private delegate object? Reader(NetlinkMessage message);

    private void Try(NetlinkMessage message, Reader read)
    {
        try
        {
            read(message);
            _values++;
        }
        catch (NetlinkFormatException)
        {
            _malformed++;
        }
    }
}
