using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using VffNetlink.Interop;

namespace VffNetlink;

/// <summary>
/// A network namespace, held open. A socket opened in it stays in it; the thread that did so was made for the purpose and
/// ends afterwards, so no pool thread ever changes its namespace.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    private readonly DescriptorHandle _handle;

    private NetworkNamespace(DescriptorHandle handle) => _handle = handle;

    /// <summary>The descriptor, for system calls made while this object lives.</summary>
    /// <exception cref="ObjectDisposedException">It does not any more.</exception>
    public int Descriptor => _handle.Descriptor;

    /// <summary>The namespace that <c>ip netns</c> knows by this name (a file in <c>/run/netns</c>).</summary>
    /// <exception cref="NetlinkException">There is none (ENOENT), or it may not be opened.</exception>
    public static NetworkNamespace OpenByName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('/', StringComparison.Ordinal) || name is "." or "..")
            throw new ArgumentException($"\"{name}\" is not a name of a network namespace; a path is opened with OpenByPath.", nameof(name));
        return OpenByPath("/run/netns/" + name);
    }

    /// <summary>The namespace behind a file such as <c>/proc/1234/ns/net</c>.</summary>
    /// <exception cref="NetlinkException">It cannot be opened, or is something else (EINVAL).</exception>
    public static NetworkNamespace OpenByPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("No path contains a NUL.", nameof(path)); // the kernel would open what stands before it
        // Whatever else the path may lead to: opening it must not block.
        var descriptor = Libc.Open(path, Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
        if (descriptor < 0)
            throw new NetlinkException(Marshal.GetLastPInvokeError(), $"open network namespace {path}");
        var handle = new DescriptorHandle(descriptor);
        if (Libc.IoCtl(handle, Libc.NS_GET_NSTYPE) == Libc.CLONE_NEWNET)
            return new NetworkNamespace(handle);
        handle.Dispose();
        throw new NetlinkException(new NetlinkError(Errno.EINVAL) { Message = "it is not a network namespace" }, $"open network namespace {path}");
    }

    /// <summary>The namespace of a process.</summary>
    /// <exception cref="NetlinkException">There is no such process, or it may not be looked at.</exception>
    public static NetworkNamespace OpenByProcess(int processId) => OpenByPath($"/proc/{processId}/ns/net");

    /// <summary>The namespace behind a descriptor that is open in this process, such as one that was received over a socket. It stays the caller's.</summary>
    /// <exception cref="NetlinkException">No such descriptor is open (ENOENT), or it is something else (EINVAL).</exception>
    public static NetworkNamespace OpenByDescriptor(int descriptor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(descriptor);
        return OpenByPath($"/proc/self/fd/{descriptor}");
    }

    /// <summary>The calling thread's namespace.</summary>
    /// <exception cref="NetlinkException">It cannot be opened.</exception>
    public static NetworkNamespace OpenCurrent() => OpenByPath("/proc/thread-self/ns/net");

    /// <summary>
    /// A new, empty namespace without a name (needs CAP_SYS_ADMIN). The kernel removes it, and all in it, when this object and
    /// every socket opened in it are gone.
    /// </summary>
    /// <exception cref="NetlinkException">The privilege is missing (EPERM).</exception>
    public static NetworkNamespace Create() => OnOwnThread(static _ =>
    {
        if (Libc.Unshare(Libc.CLONE_NEWNET) < 0)
            throw new NetlinkException(Marshal.GetLastPInvokeError(), "unshare CLONE_NEWNET");
        return OpenCurrent();
    }, 0);

    /// <summary>
    /// Runs a function on a thread of its own inside the namespace and waits for it. What it opens there stays there; what it leaves to
    /// other threads (tasks, timers) is outside.
    /// </summary>
    /// <exception cref="NetlinkException">The namespace may not be entered (EPERM: CAP_SYS_ADMIN is missing).</exception>
    public T Run<T>(Func<T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return OnOwnThread(static state =>
        {
            state.Self.Enter();
            return state.function();
        }, (Self: this, function));
    }

    /// <summary>Runs an action on a thread of its own inside the namespace and waits for it.</summary>
    /// <exception cref="NetlinkException">The namespace may not be entered (EPERM: CAP_SYS_ADMIN is missing).</exception>
    public void Run(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Run(() =>
        {
            action();
            return 0;
        });
    }

    /// <summary>Starts a background thread that lives inside the namespace, for work that opens sockets as it goes.</summary>
    /// <param name="name">The thread's name.</param>
    /// <param name="action">What it does; an exception that leaves it ends the process, as on any thread.</param>
    /// <exception cref="NetlinkException">The namespace may not be entered (EPERM: CAP_SYS_ADMIN is missing).</exception>
    public Thread Start(string name, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var entered = new TaskCompletionSource();
        var thread = new Thread(() =>
        {
            try
            {
                Enter();
            }
            catch (Exception exception) when (exception is NetlinkException or ObjectDisposedException)
            {
                entered.SetException(exception);
                return;
            }

            entered.SetResult();
            action();
        })
        {
            IsBackground = true,
            Name = name,
        };
        thread.Start();
        entered.Task.GetAwaiter().GetResult();
        return thread;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private void Enter()
    {
        if (Libc.SetNs(_handle, Libc.CLONE_NEWNET) < 0)
            throw new NetlinkException(Marshal.GetLastPInvokeError(), "setns CLONE_NEWNET");
    }

    private static T OnOwnThread<TState, T>(Func<TState, T> function, TState state)
    {
        var result = default(T)!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = function(state);
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })
        {
            IsBackground = true,
            Name = "network namespace",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
