/*
 * The floor: messages built before the clock starts, sent, acknowledged. Nothing a library does can be faster than this.
 *   floor class N BATCH DEVICE     HTB classes 1:2 ... under 1:
 *   floor mark  N BATCH SALT       marks of the UDP flows 10.0.0.0+i:(1024+i%60000) -> 192.0.2.1:443
 *   floor flows N                  makes those flows
 * Prints microseconds per operation and how many were refused.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static char *put(struct nlmsghdr *m, int type, const void *data, int length)
{
    struct nlattr *a = (void *)((char *)m + m->nlmsg_len);
    a->nla_type = type;
    a->nla_len = NLA_HDRLEN + length;
    memset((char *)a + NLA_HDRLEN, 0, NLA_ALIGN(length));
    if (data)
        memcpy((char *)a + NLA_HDRLEN, data, length);
    m->nlmsg_len += NLA_HDRLEN + NLA_ALIGN(length);
    return (char *)a;
}

static void close_nest(struct nlmsghdr *m, char *nest)
{
    ((struct nlattr *)nest)->nla_len = (char *)m + m->nlmsg_len - nest;
}

static struct nlmsghdr *begin(char *at, int type, int flags, const void *header, int length)
{
    struct nlmsghdr *m = (void *)at;
    memset(m, 0, NLMSG_HDRLEN);
    m->nlmsg_len = NLMSG_HDRLEN + NLMSG_ALIGN(length);
    m->nlmsg_type = type;
    m->nlmsg_flags = NLM_F_REQUEST | flags;
    memcpy(at + NLMSG_HDRLEN, header, length);
    return m;
}

static struct nlmsghdr *class_message(char *at, unsigned i, int device)
{
    struct tcmsg t = { .tcm_ifindex = device, .tcm_parent = 0x10000, .tcm_handle = 0x10000 | (i + 2) };
    struct tc_htb_opt o = { .quantum = 1600, .buffer = 20000, .cbuffer = 20000 };
    struct nlmsghdr *m = begin(at, RTM_NEWTCLASS, NLM_F_CREATE | NLM_F_EXCL, &t, sizeof t);
    char *nest;
    o.rate.rate = o.ceil.rate = 1250000;
    o.rate.cell_log = o.ceil.cell_log = 3;
    o.rate.linklayer = o.ceil.linklayer = TC_LINKLAYER_ETHERNET;
    o.rate.cell_align = o.ceil.cell_align = -1;
    put(m, TCA_KIND, "htb", 4);
    nest = put(m, TCA_OPTIONS, NULL, 0);
    put(m, TCA_HTB_PARMS, &o, sizeof o);
    close_nest(m, nest);
    return m;
}

static void tuple(struct nlmsghdr *m, int type, in_addr_t source, in_addr_t destination, in_port_t sport, in_port_t dport)
{
    unsigned char protocol = IPPROTO_UDP;
    char *all = put(m, type | NLA_F_NESTED, NULL, 0), *part = put(m, CTA_TUPLE_IP | NLA_F_NESTED, NULL, 0);
    put(m, CTA_IP_V4_SRC, &source, 4);
    put(m, CTA_IP_V4_DST, &destination, 4);
    close_nest(m, part);
    part = put(m, CTA_TUPLE_PROTO | NLA_F_NESTED, NULL, 0);
    put(m, CTA_PROTO_NUM, &protocol, 1);
    put(m, CTA_PROTO_SRC_PORT, &sport, 2);
    put(m, CTA_PROTO_DST_PORT, &dport, 2);
    close_nest(m, part);
    close_nest(m, all);
}

static struct nlmsghdr *flow_message(char *at, unsigned i, unsigned salt, int create)
{
    struct nfgenmsg g = { .nfgen_family = AF_INET, .version = NFNETLINK_V0 };
    in_addr_t client = htonl(0x0a000000 + i), node = htonl(0xc0000201);
    in_port_t sport = htons(1024 + i % 60000), dport = htons(443);
    unsigned value;
    struct nlmsghdr *m = begin(at, NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_NEW, create ? NLM_F_CREATE | NLM_F_EXCL : 0, &g, sizeof g);
    tuple(m, CTA_TUPLE_ORIG, client, node, sport, dport);
    if (create) {
        tuple(m, CTA_TUPLE_REPLY, node, client, dport, sport);
        value = htonl(6000);
        put(m, CTA_TIMEOUT, &value, 4);
        value = htonl(IPS_CONFIRMED);
        put(m, CTA_STATUS, &value, 4);
    }
    value = htonl(i % 65000 + 1 + salt);
    put(m, CTA_MARK, &value, 4);
    return m;
}

/* Sends a datagram and reads until the answer to its last message; returns how many messages were refused. */
static long transfer(int s, const char *bytes, size_t length, unsigned last)
{
    static char answers[1 << 16];
    long refused = 0;
    if (send(s, bytes, length, 0) < 0)
        return perror("send"), 1;
    for (;;) {
        ssize_t got = recv(s, answers, sizeof answers, 0);
        struct nlmsghdr *m = (void *)answers;
        if (got < 0)
            return perror("recv"), refused + 1;
        for (; NLMSG_OK(m, got); m = NLMSG_NEXT(m, got)) {
            if (m->nlmsg_type != NLMSG_ERROR)
                continue;
            refused += ((struct nlmsgerr *)NLMSG_DATA(m))->error != 0;
            if (m->nlmsg_seq == last)
                return refused;
        }
    }
}

int main(int argc, char **argv)
{
    int is_class = argc == 5 && !strcmp(argv[1], "class"), is_mark = argc == 5 && !strcmp(argv[1], "mark");
    int is_flows = argc == 3 && !strcmp(argv[1], "flows"), n, batch, s, i, one = 1, room = 8 << 20;
    struct sockaddr_nl me = { .nl_family = AF_NETLINK };
    struct timespec from, to;
    size_t *at, end = 0;
    long refused = 0;
    char *bytes;

    if (!is_class && !is_mark && !is_flows)
        return fprintf(stderr, "usage: floor class N BATCH DEVICE | mark N BATCH SALT | flows N\n"), 2;
    n = atoi(argv[2]);
    batch = is_flows ? 256 : atoi(argv[3]);
    bytes = malloc((size_t)n * 256);
    at = malloc(sizeof *at * (n + 1));
    s = socket(AF_NETLINK, SOCK_RAW, is_class ? NETLINK_ROUTE : NETLINK_NETFILTER);
    setsockopt(s, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof one);
    setsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    setsockopt(s, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof room);
    if (bind(s, (struct sockaddr *)&me, sizeof me) < 0)
        return perror("bind"), 2;
    for (i = 0; i < n; i++) {
        struct nlmsghdr *m = is_class ? class_message(bytes + end, i, if_nametoindex(argv[4]))
                                      : flow_message(bytes + end, i, is_mark ? atoi(argv[4]) : 0, is_flows);
        m->nlmsg_seq = i + 1;
        if ((i + 1) % batch == 0 || i == n - 1)
            m->nlmsg_flags |= NLM_F_ACK;
        at[i] = end;
        end += m->nlmsg_len;
    }
    at[n] = end;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (i = 0; i < n; i += batch) {
        int stop = i + batch > n ? n : i + batch;
        refused += transfer(s, bytes + at[i], at[stop] - at[i], stop);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("%.6f %ld\n", ((to.tv_sec - from.tv_sec) * 1e9 + to.tv_nsec - from.tv_nsec) / 1e3 / n, refused);
    return refused != 0;
}
