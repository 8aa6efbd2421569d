using VffNetlink.Nftables.Uapi;
using VffNetlink.Testing;

namespace VffNetlink.Nftables.Tests;

/// <summary>Whatever bytes arrive, reading them ends with values or with <see cref="NetlinkFormatException"/>.</summary>
public class ReaderTests
{
    private const int HeaderSize = 16;

    [Fact]
    public void Whole_Messages_Are_Read_By_Every_Reader_Without_Complaint_Where_They_Are_Its_Own()
    {
        foreach (var bytes in Golden.Load("answers.txt"))
        {
            var messages = new MessageReader(bytes);
            Assert.True(messages.MoveNext());
            switch ((NFT_MSG)(messages.Current.Type & 0xff))
            {
                case NFT_MSG.NFT_MSG_NEWTABLE:
                    Assert.Equal("vffqos", NftTable.Read(messages.Current).Name);
                    break;
                case NFT_MSG.NFT_MSG_NEWCHAIN:
                    Assert.Equal("vffqos", NftChain.Read(messages.Current).Table);
                    break;
                case NFT_MSG.NFT_MSG_NEWRULE:
                    Assert.NotEmpty(NftRule.Read(messages.Current).Expressions);
                    break;
                case NFT_MSG.NFT_MSG_NEWSET:
                    Assert.NotEqual(0u, NftSet.Read(messages.Current).KeyType.Number);
                    break;
                case NFT_MSG.NFT_MSG_NEWGEN:
                    Assert.NotEqual(0u, NftGeneration.Read(messages.Current).Id);
                    break;
                default:
                    Assert.Equal(NFT_MSG.NFT_MSG_NEWSETELEM, (NFT_MSG)(messages.Current.Type & 0xff));
                    foreach (var element in new NftElementReader(messages.Current))
                        Assert.NotEmpty(element.Key.ToArray());
                    break;
            }
        }
    }

    [Fact]
    public void Message_Cut_At_Every_Byte_Throws_Nothing_But_A_Format_Error()
    {
        foreach (var message in Corpus.Messages)
        {
            for (var length = 0; length < message.Length; length++)
            {
                var cut = message[..length];
                Read(cut); // the header says more than there is
                if (length < HeaderSize)
                    continue;
                BitConverter.TryWriteBytes(cut, length);
                Read(cut); // only what is inside does
            }
        }
    }

    [Fact]
    public void Message_With_Random_Bytes_Throws_Nothing_But_A_Format_Error()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 10_000; i++)
        {
            var message = Corpus.Messages[random.Next(Corpus.Messages.Count)].ToArray();
            for (var n = random.Next(1, 8); n > 0; n--)
                message[random.Next(HeaderSize, message.Length)] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)(message[random.Next(message.Length)] + random.Next(-4, 5));
            Read(message);
        }
    }

    [Fact]
    public void Random_Messages_Throw_Nothing_But_A_Format_Error()
    {
        var random = new Random(11);
        for (var i = 0; i < 10_000; i++)
        {
            var message = new byte[random.Next(HeaderSize, 400) & ~3];
            random.NextBytes(message);
            BitConverter.TryWriteBytes(message, message.Length);
            // Small numbers make attributes likely.
            for (var at = 20; at + 4 <= message.Length; at += random.Next(4, 40) & ~3)
            {
                BitConverter.TryWriteBytes(message.AsSpan(at), (ushort)random.Next(0, 64));
                BitConverter.TryWriteBytes(message.AsSpan(at + 2), (ushort)random.Next(0, 24));
            }

            Read(message);
        }
    }

    private static void Read(byte[] message)
    {
        try
        {
            Corpus.ReadAll(message);
        }
        catch (NetlinkFormatException)
        {
            // The one exception that bytes may cause.
        }
    }
}
