using Microsoft.Win32.SafeHandles;

namespace VffNetlink.Interop;

/// <summary>Owns one file descriptor.</summary>
internal sealed class DescriptorHandle : SafeHandleMinusOneIsInvalid
{
    public DescriptorHandle(int descriptor)
        : base(ownsHandle: true) => SetHandle(descriptor);

    /// <summary>The number itself, for whoever keeps this handle alive meanwhile. A closed one's number may be another file's by now.</summary>
    /// <exception cref="ObjectDisposedException">The descriptor is closed.</exception>
    public int Descriptor
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (int)handle;
        }
    }

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
