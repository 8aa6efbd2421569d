using Microsoft.Extensions.Logging;
using VffNetlink;
using VffNetlink.Conntrack;
using VffNetlink.Diagnostics;
using VffNetlink.Nftables;
using VffNetlink.Route;
using VffNetlink.Tc;
using VffNetlink.Testing;
using VffNetlink.Uapi;

namespace Vffnl.Tests.Documentation;

/// <summary>The C# of docs/diagnosis.md: it is this file's text, it compiles, and it runs.</summary>
public class DiagnosisTests
{
    [Fact]
    public void Guide_Has_The_Text_Of_This_File() =>
        Guide.AssertStandsIn("docs/diagnosis.md", "tests/Vffnl.Tests/Documentation/DiagnosisTests.cs", 3);

    [Fact]
    [Trait("Category", "Kernel")]
    public void Refusal_Is_Told_With_What_Was_Asked()
    {
        Requires.Namespaces();
        using var ns = NetworkNamespace.Create();
        var told = new List<string>();
        ns.Run(() =>
        {
            var Console = new Teller(told);
            using var client = TcClient.Open();
            if (!client.TryAddQdisc(QdiscKey.Root(4, new TcHandle(1, 0)), new HtbQdisc(), out var error))
                Console.Error.WriteLine($"{error.Request}: {error}");
        });
        Assert.StartsWith("RTM_NEWQDISC htb on index 4: ENODEV", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Kernel")]
    public void Every_Message_Is_Told_To_A_Logger()
    {
        Requires.Namespaces();
        using var ns = NetworkNamespace.Create();
        using var loggerFactory = new Lines();
        ns.Run(() =>
        {
            using var client = TcClient.Open(new NetlinkSocketOptions { Logger = loggerFactory.CreateLogger("netlink") });
            Assert.False(client.TryDeleteClass(new ClassKey(4, new TcHandle(1, 2)), out _));
        });
        Assert.Equal(2, loggerFactory.Told.Count);
        Assert.Contains("RTM_DELTCLASS", loggerFactory.Told[0], StringComparison.Ordinal);
        Assert.Contains("ENODEV", loggerFactory.Told[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Captured_Bytes_Are_Told_As_The_Guide_Shows()
    {
        var bytes = Convert.FromHexString("380000002c000506000000000000000000000000040000001000000000000100" + "08000a00" + "0700010066770000" + "0c0002000800010010000100");
        var told = new List<string>();
        var Console = new Teller(told);
        var printer = new MessagePrinter(MessageCatalog.Combine(RouteCatalog.Messages, TcCatalog.Messages, ConntrackCatalog.Messages, NftCatalog.Messages));
        Console.Write(printer.Print(NETLINK.NETLINK_ROUTE, bytes));
        Assert.Contains($"```\n{Assert.Single(told)}```", File.ReadAllText(Path.Combine(Checkout.Folder(), "docs/diagnosis.md")), StringComparison.Ordinal);
    }

    private sealed class Teller(List<string> told)
    {
        public Teller Error => this;

        public void Write(string text) => told.Add(text);

        public void WriteLine(string text) => told.Add(text);
    }

    private sealed class Lines : ILoggerFactory, ILogger
    {
        public List<string> Told { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Told.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
