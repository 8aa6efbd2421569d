/*
 * Prints every attribute of a dump of the conntrack table, nest by nest, as libmnl walks it: an independent reading of what the kernel sends.
 *
 *     gcc -o ctdump ctdump.c -lmnl && ./ctdump [FILE]
 *
 * A flow is a line "flow FAMILY", an expectation a line "expect FAMILY", and then a line for each attribute: the names on the way to it, and its value. What has no name
 * is told by its number and as bytes. FILE has messages that were captured, one behind the other, which are printed in place of a dump.
 */
#include <arpa/inet.h>
#include <endian.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter/nf_conntrack_tcp.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum format { BYTES, NEST, U8, BE16, BE32, BE64, IPV4, IPV6, TEXT, TCP_FLAGS };

struct space;

struct name {
    int type;
    const char *name;
    enum format format;
    const struct space *inside;
};

struct space {
    const struct name *names;
    int count;
};

#define LEAF(id, format) { id, #id, format, NULL }
#define INTO(id, child) { id, #id, NEST, &child }
#define SPACE(me, ...)                                      \
    static const struct name me##_names[] = { __VA_ARGS__ }; \
    static const struct space me = { me##_names, sizeof(me##_names) / sizeof(me##_names[0]) }

SPACE(ip, LEAF(CTA_IP_V4_SRC, IPV4), LEAF(CTA_IP_V4_DST, IPV4), LEAF(CTA_IP_V6_SRC, IPV6), LEAF(CTA_IP_V6_DST, IPV6));
SPACE(proto, LEAF(CTA_PROTO_NUM, U8), LEAF(CTA_PROTO_SRC_PORT, BE16), LEAF(CTA_PROTO_DST_PORT, BE16), LEAF(CTA_PROTO_ICMP_ID, BE16),
      LEAF(CTA_PROTO_ICMP_TYPE, U8), LEAF(CTA_PROTO_ICMP_CODE, U8), LEAF(CTA_PROTO_ICMPV6_ID, BE16), LEAF(CTA_PROTO_ICMPV6_TYPE, U8),
      LEAF(CTA_PROTO_ICMPV6_CODE, U8));
SPACE(tuple, INTO(CTA_TUPLE_IP, ip), INTO(CTA_TUPLE_PROTO, proto), LEAF(CTA_TUPLE_ZONE, BE16));
SPACE(counters, LEAF(CTA_COUNTERS_PACKETS, BE64), LEAF(CTA_COUNTERS_BYTES, BE64));
SPACE(stamp, LEAF(CTA_TIMESTAMP_START, BE64), LEAF(CTA_TIMESTAMP_STOP, BE64));
SPACE(seqadj, LEAF(CTA_SEQADJ_CORRECTION_POS, BE32), LEAF(CTA_SEQADJ_OFFSET_BEFORE, BE32), LEAF(CTA_SEQADJ_OFFSET_AFTER, BE32));
SPACE(synproxy, LEAF(CTA_SYNPROXY_ISN, BE32), LEAF(CTA_SYNPROXY_ITS, BE32), LEAF(CTA_SYNPROXY_TSOFF, BE32));
SPACE(help, LEAF(CTA_HELP_NAME, TEXT), LEAF(CTA_HELP_INFO, BYTES));
SPACE(secctx, LEAF(CTA_SECCTX_NAME, TEXT));
SPACE(tcp, LEAF(CTA_PROTOINFO_TCP_STATE, U8), LEAF(CTA_PROTOINFO_TCP_WSCALE_ORIGINAL, U8), LEAF(CTA_PROTOINFO_TCP_WSCALE_REPLY, U8),
      LEAF(CTA_PROTOINFO_TCP_FLAGS_ORIGINAL, TCP_FLAGS), LEAF(CTA_PROTOINFO_TCP_FLAGS_REPLY, TCP_FLAGS));
SPACE(dccp, LEAF(CTA_PROTOINFO_DCCP_STATE, U8), LEAF(CTA_PROTOINFO_DCCP_ROLE, U8), LEAF(CTA_PROTOINFO_DCCP_HANDSHAKE_SEQ, BE64));
SPACE(sctp, LEAF(CTA_PROTOINFO_SCTP_STATE, U8), LEAF(CTA_PROTOINFO_SCTP_VTAG_ORIGINAL, BE32), LEAF(CTA_PROTOINFO_SCTP_VTAG_REPLY, BE32));
SPACE(info, INTO(CTA_PROTOINFO_TCP, tcp), INTO(CTA_PROTOINFO_DCCP, dccp), INTO(CTA_PROTOINFO_SCTP, sctp));
SPACE(flow, INTO(CTA_TUPLE_ORIG, tuple), INTO(CTA_TUPLE_REPLY, tuple), LEAF(CTA_STATUS, BE32), INTO(CTA_PROTOINFO, info), INTO(CTA_HELP, help),
      LEAF(CTA_TIMEOUT, BE32), LEAF(CTA_MARK, BE32), INTO(CTA_COUNTERS_ORIG, counters), INTO(CTA_COUNTERS_REPLY, counters), LEAF(CTA_USE, BE32),
      LEAF(CTA_ID, BE32), INTO(CTA_TUPLE_MASTER, tuple), INTO(CTA_SEQ_ADJ_ORIG, seqadj), INTO(CTA_SEQ_ADJ_REPLY, seqadj), LEAF(CTA_ZONE, BE16),
      INTO(CTA_SECCTX, secctx), INTO(CTA_TIMESTAMP, stamp), LEAF(CTA_LABELS, BYTES), INTO(CTA_SYNPROXY, synproxy),
      { 27, "CTA_TIMESTAMP_EVENT", BE64, NULL }); /* Linux 6.14 */
SPACE(nat, LEAF(CTA_EXPECT_NAT_DIR, BE32), INTO(CTA_EXPECT_NAT_TUPLE, tuple));
SPACE(expect, INTO(CTA_EXPECT_MASTER, tuple), INTO(CTA_EXPECT_TUPLE, tuple), INTO(CTA_EXPECT_MASK, tuple), LEAF(CTA_EXPECT_TIMEOUT, BE32),
      LEAF(CTA_EXPECT_ID, BE32), LEAF(CTA_EXPECT_HELP_NAME, TEXT), LEAF(CTA_EXPECT_ZONE, BE16), LEAF(CTA_EXPECT_FLAGS, BE32),
      LEAF(CTA_EXPECT_CLASS, BE32), INTO(CTA_EXPECT_NAT, nat), LEAF(CTA_EXPECT_FN, TEXT));

static void print_bytes(const unsigned char *bytes, int length)
{
    for (int i = 0; i < length; i++)
        printf("%02x", bytes[i]);
}

/* Whether the value is of the format that its name wants; if not, it is told as bytes. */
static int print_value(const struct nlattr *attr, enum format format)
{
    char text[INET6_ADDRSTRLEN];
    const void *payload = mnl_attr_get_payload(attr);
    int length = mnl_attr_get_payload_len(attr);

    if (format == U8 && length == 1)
        printf("%u", mnl_attr_get_u8(attr));
    else if (format == BE16 && length == 2)
        printf("%u", ntohs(mnl_attr_get_u16(attr)));
    else if (format == BE32 && length == 4)
        printf("%u", ntohl(mnl_attr_get_u32(attr)));
    else if (format == BE64 && length == 8)
        printf("%llu", (unsigned long long)be64toh(mnl_attr_get_u64(attr)));
    else if (format == IPV4 && length == 4)
        printf("%s", inet_ntop(AF_INET, payload, text, sizeof(text)));
    else if (format == IPV6 && length == 16)
        printf("%s", inet_ntop(AF_INET6, payload, text, sizeof(text)));
    else if (format == TEXT && length > 0 && memchr(payload, 0, length))
        printf("%s", mnl_attr_get_str(attr));
    else if (format == TCP_FLAGS && length == sizeof(struct nf_ct_tcp_flags))
        printf("%u/%u", ((const struct nf_ct_tcp_flags *)payload)->flags, ((const struct nf_ct_tcp_flags *)payload)->mask);
    else
        return 0;
    return 1;
}

static void print_attr(const struct nlattr *attr, const struct space *space, const char *way)
{
    char name[512];
    const struct name *known = NULL;
    const struct nlattr *child;

    for (int i = 0; space && i < space->count; i++) {
        if (space->names[i].type == mnl_attr_get_type(attr))
            known = &space->names[i];
    }

    if (known)
        snprintf(name, sizeof(name), "%s%s%s", way, *way ? "/" : "", known->name);
    else
        snprintf(name, sizeof(name), "%s%s%u", way, *way ? "/" : "", mnl_attr_get_type(attr));
    if ((attr->nla_type & NLA_F_NESTED) || (known && known->format == NEST)) {
        mnl_attr_for_each_nested(child, attr)
            print_attr(child, known ? known->inside : NULL, name);
        return;
    }

    printf("%s ", name);
    if (!known || !print_value(attr, known->format))
        print_bytes(mnl_attr_get_payload(attr), mnl_attr_get_payload_len(attr));
    printf("\n");
}

static int print_message(const struct nlmsghdr *message, void *data)
{
    const struct nfgenmsg *header = mnl_nlmsg_get_payload(message);
    int expected = message->nlmsg_type >> 8 == NFNL_SUBSYS_CTNETLINK_EXP;
    const struct nlattr *attr;

    (void)data;
    printf("%s %u\n", expected ? "expect" : "flow", header->nfgen_family);
    mnl_attr_for_each(attr, message, sizeof(*header))
        print_attr(attr, expected ? &expect : &flow, "");
    return MNL_CB_OK;
}

static int print_file(const char *name)
{
    static char buffer[1 << 20];
    FILE *file = fopen(name, "rb");
    int left = file ? (int)fread(buffer, 1, sizeof(buffer), file) : 0;
    const struct nlmsghdr *message = (const void *)buffer;

    for (; left > 0 && mnl_nlmsg_ok(message, left); message = mnl_nlmsg_next(message, &left))
        print_message(message, NULL);
    if (left || !file)
        fprintf(stderr, "%s: not read, or not to its end\n", name);
    return left != 0 || !file;
}

int main(int argc, char **argv)
{
    static char buffer[1 << 17];
    struct mnl_socket *socket = mnl_socket_open(NETLINK_NETFILTER);
    struct nlmsghdr *message = mnl_nlmsg_put_header(buffer);
    struct nfgenmsg *header;
    ssize_t length;
    int more = 1;

    if (argc > 1)
        return print_file(argv[1]);
    message->nlmsg_type = (NFNL_SUBSYS_CTNETLINK << 8) | IPCTNL_MSG_CT_GET;
    message->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    message->nlmsg_seq = 1;
    header = mnl_nlmsg_put_extra_header(message, sizeof(*header));
    memset(header, 0, sizeof(*header));
    if (!socket || mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0 || mnl_socket_sendto(socket, message, message->nlmsg_len) < 0) {
        perror("netlink");
        return 1;
    }

    while (more > 0) {
        length = mnl_socket_recvfrom(socket, buffer, sizeof(buffer));
        more = length < 0 ? -1 : mnl_cb_run(buffer, length, 1, mnl_socket_get_portid(socket), print_message, NULL);
    }

    if (more < 0)
        perror("dump");
    return more < 0;
}
