/* Messages, and a socket that sends them and reads what answers: what floor.c and events.c have in common. */
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

/* What names flow i in a request. */
static struct nlmsghdr *flow_request(char *at, int type, int flags, unsigned i)
{
    struct nfgenmsg g = { .nfgen_family = AF_INET, .version = NFNETLINK_V0 };
    struct nlmsghdr *m = begin(at, NFNL_SUBSYS_CTNETLINK << 8 | type, flags, &g, sizeof g);
    tuple(m, CTA_TUPLE_ORIG, htonl(0x0a000000 + i), htonl(0xc0000201), htons(1024 + i % 60000), htons(443));
    return m;
}

static struct nlmsghdr *flow_message(char *at, unsigned i, unsigned salt, int create)
{
    struct nlmsghdr *m = flow_request(at, IPCTNL_MSG_CT_NEW, create ? NLM_F_CREATE | NLM_F_EXCL : 0, i);
    unsigned value;
    if (create) {
        tuple(m, CTA_TUPLE_REPLY, htonl(0xc0000201), htonl(0x0a000000 + i), htons(443), htons(1024 + i % 60000));
        value = htonl(6000);
        put(m, CTA_TIMEOUT, &value, 4);
        value = htonl(IPS_CONFIRMED);
        put(m, CTA_STATUS, &value, 4);
    }
    value = htonl(i % 65000 + 1 + salt);
    put(m, CTA_MARK, &value, 4);
    return m;
}

/* Acknowledgements without the request in them, and room for as many as a batch has. */
static int open_socket(int protocol)
{
    struct sockaddr_nl me = { .nl_family = AF_NETLINK };
    int s = socket(AF_NETLINK, SOCK_RAW, protocol), one = 1, room = 8 << 20;
    setsockopt(s, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof one);
    setsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    setsockopt(s, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof room);
    if (bind(s, (struct sockaddr *)&me, sizeof me) < 0) {
        perror("bind");
        exit(2);
    }
    return s;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
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
