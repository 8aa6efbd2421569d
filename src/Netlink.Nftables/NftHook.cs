using VffNetlink.Nftables.Uapi;

namespace VffNetlink.Nftables;

/// <summary>Where a base chain is hooked in.</summary>
public sealed record NftHook
{
    /// <summary>What the chain is for: <c>filter</c>, <c>route</c> (the output hook alone) or <c>nat</c>.</summary>
    public string Type { get; init; } = "filter";

    /// <summary>The hook: <see cref="NF_NETDEV"/> in the family netdev, <see cref="NF_INET"/> in the others.</summary>
    public required uint Number { get; init; }

    /// <summary>Lower is earlier (<see cref="NF_IP_PRI"/>). Chains of the same priority run in the order they were made.</summary>
    public required int Priority { get; init; }

    /// <summary>
    /// The devices of an ingress or egress hook, by name; a name that ends in <c>*</c> stands for all that start so (Linux 6.18). Empty with
    /// other hooks, and where the devices are gone (Linux 6.12).
    /// </summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>A hook of the families inet, ip, ip6 and bridge.</summary>
    public static NftHook Inet(NF_INET hook, int priority, string type = "filter") => new() { Number = (uint)hook, Priority = priority, Type = type };

    /// <summary>A hook of one or more devices, in the family netdev.</summary>
    public static NftHook Netdev(NF_NETDEV hook, int priority, params IReadOnlyList<string> devices) => new() { Number = (uint)hook, Priority = priority, Devices = devices };

    /// <summary>Whether both hook in at the same place.</summary>
    public bool Matches(NftHook other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Type == other.Type && Number == other.Number && Priority == other.Priority && Devices.Count == other.Devices.Count && Devices.All(other.Devices.Contains);
    }

    internal void Put(AttributeWriter<NFTA_CHAIN> attributes)
    {
        using var hook = attributes.NestFlagged<NFTA_HOOK>(NFTA_CHAIN.NFTA_CHAIN_HOOK);
        hook.PutBigEndian(NFTA_HOOK.NFTA_HOOK_HOOKNUM, Number);
        hook.PutBigEndian(NFTA_HOOK.NFTA_HOOK_PRIORITY, (uint)Priority);
        switch (Devices)
        {
            case []:
                break;
            case [var device] when !IsPrefix(device):
                NftName.Put(hook, NFTA_HOOK.NFTA_HOOK_DEV, device, "device", NftName.DeviceMaximum);
                break;
            default:
                using (var list = hook.NestFlagged<NFTA_DEVICE>(NFTA_HOOK.NFTA_HOOK_DEVS))
                {
                    for (var i = 0; i < Devices.Count; i++)
                        Put(list, Devices[i]);
                }

                break;
        }
    }

    internal static NftHook Read(AttributeReader<NFTA_HOOK> attributes, string type)
    {
        var hook = new NftHook { Number = 0, Priority = 0, Type = type };
        foreach (var a in attributes)
        {
            hook = a.Id switch
            {
                NFTA_HOOK.NFTA_HOOK_HOOKNUM => hook with { Number = a.ReadUInt32BigEndian() },
                NFTA_HOOK.NFTA_HOOK_PRIORITY => hook with { Priority = (int)a.ReadUInt32BigEndian() },
                // Of one device the kernel sends both forms.
                NFTA_HOOK.NFTA_HOOK_DEV when hook.Devices.Count == 0 => hook with { Devices = [a.ReadString()] },
                NFTA_HOOK.NFTA_HOOK_DEVS => hook with { Devices = ReadDevices(a.Nested<NFTA_DEVICE>()) },
                _ => hook,
            };
        }

        return hook;
    }

    private static bool IsPrefix(string device) => device.EndsWith('*');

    private static void Put(AttributeWriter<NFTA_DEVICE> list, string device)
    {
        if (IsPrefix(device))
            NftName.Put(list, NFTA_DEVICE.NFTA_DEVICE_PREFIX, device.AsSpan(0, device.Length - 1), "device", NftName.DeviceMaximum);
        else
            NftName.Put(list, NFTA_DEVICE.NFTA_DEVICE_NAME, device, "device", NftName.DeviceMaximum);
    }

    private static List<string> ReadDevices(AttributeReader<NFTA_DEVICE> attributes)
    {
        var devices = new List<string>();
        foreach (var a in attributes)
        {
            switch (a.Id)
            {
                case NFTA_DEVICE.NFTA_DEVICE_NAME:
                    devices.Add(a.ReadString());
                    break;
                case NFTA_DEVICE.NFTA_DEVICE_PREFIX:
                    devices.Add(a.ReadString() + "*");
                    break;
            }
        }

        return devices;
    }
}
