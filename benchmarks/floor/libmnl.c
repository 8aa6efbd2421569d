/*
 * The same messages as `vffnetlink-peer encode`, built with libmnl and not sent.
 *   libmnl encode SCALE         lines "operation libmnl iterations microseconds"; a SCALE of 100 is all iterations
 *   libmnl encode-dump OP       messages 0, 1 and 999 in hexadecimal
 */
#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DEVICE = 7, SALT = 3, ITERATIONS = 5000000 };

static char buffer[4096] __attribute__((aligned(8)));

static struct nlmsghdr *begin(int type, int flags, unsigned i)
{
    struct nlmsghdr *m = mnl_nlmsg_put_header(buffer);
    m->nlmsg_type = type;
    m->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
    m->nlmsg_seq = i;
    return m;
}

static struct nlmsghdr *begin_tc(int type, unsigned i, unsigned handle, unsigned info, const char *kind)
{
    struct nlmsghdr *m = begin(type, NLM_F_CREATE | NLM_F_EXCL, i);
    struct tcmsg *t = mnl_nlmsg_put_extra_header(m, sizeof *t);
    t->tcm_ifindex = DEVICE;
    t->tcm_parent = 0x10000;
    t->tcm_handle = handle;
    t->tcm_info = info;
    mnl_attr_put_strz(m, TCA_KIND, kind);
    return m;
}

/* Options of traffic control are nested without the flag that says so, as tc sends them. */
static struct nlattr *begin_options(struct nlmsghdr *m)
{
    struct nlattr *options = mnl_attr_nest_start(m, TCA_OPTIONS);
    options->nla_type = TCA_OPTIONS;
    return options;
}

static struct nlmsghdr *htb_class(unsigned i)
{
    struct nlmsghdr *m = begin_tc(RTM_NEWTCLASS, i, 0x10000 | (i + 2), 0, "htb");
    struct nlattr *options = begin_options(m);
    struct tc_htb_opt o = { .quantum = 1600, .buffer = 20000, .cbuffer = 20000 };
    o.rate.rate = o.ceil.rate = 1250000;
    o.rate.cell_log = o.ceil.cell_log = 3;
    o.rate.linklayer = o.ceil.linklayer = TC_LINKLAYER_ETHERNET;
    o.rate.cell_align = o.ceil.cell_align = -1;
    mnl_attr_put(m, TCA_HTB_PARMS, sizeof o, &o);
    mnl_attr_nest_end(m, options);
    return m;
}

static struct nlmsghdr *fw_filter(unsigned i)
{
    struct nlmsghdr *m = begin_tc(RTM_NEWTFILTER, i, i + 1, 1 << 16 | htons(0x0800), "fw");
    struct nlattr *options = begin_options(m);
    mnl_attr_put_u32(m, TCA_FW_MASK, 0xffffffff);
    mnl_attr_put_u32(m, TCA_FW_CLASSID, 0x10000 | ((i + 2) & 0xffff));
    mnl_attr_nest_end(m, options);
    return m;
}

static struct nlmsghdr *ct_mark_update(unsigned i)
{
    struct nlmsghdr *m = begin(NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_NEW, 0, i);
    struct nfgenmsg *g = mnl_nlmsg_put_extra_header(m, sizeof *g);
    struct nlattr *tuple, *part;
    g->nfgen_family = AF_INET;
    g->version = NFNETLINK_V0;
    tuple = mnl_attr_nest_start(m, CTA_TUPLE_ORIG);
    part = mnl_attr_nest_start(m, CTA_TUPLE_IP);
    mnl_attr_put_u32(m, CTA_IP_V4_SRC, htonl(0x0a000000 + i));
    mnl_attr_put_u32(m, CTA_IP_V4_DST, htonl(0xc0000201));
    mnl_attr_nest_end(m, part);
    part = mnl_attr_nest_start(m, CTA_TUPLE_PROTO);
    mnl_attr_put_u8(m, CTA_PROTO_NUM, IPPROTO_UDP);
    mnl_attr_put_u16(m, CTA_PROTO_SRC_PORT, htons(1024 + i % 60000));
    mnl_attr_put_u16(m, CTA_PROTO_DST_PORT, htons(443));
    mnl_attr_nest_end(m, part);
    mnl_attr_nest_end(m, tuple);
    mnl_attr_put_u32(m, CTA_MARK, htonl(i % 65000 + 1 + SALT));
    return m;
}

static const struct operation {
    const char *name;
    struct nlmsghdr *(*build)(unsigned i);
} operations[] = { { "htb_class", htb_class }, { "fw_filter", fw_filter }, { "ct_mark_update", ct_mark_update } };

static void dump(struct nlmsghdr *(*build)(unsigned))
{
    static const unsigned which[] = { 0, 1, 999 };
    for (int k = 0; k < 3; k++) {
        unsigned length = build(which[k])->nlmsg_len;
        for (unsigned b = 0; b < length; b++)
            printf("%02x", (unsigned char)buffer[b]);
        putchar('\n');
    }
}

static void encode(const struct operation *op, int count)
{
    struct timespec from, to;
    volatile unsigned length;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < count; i++)
        length = op->build(i & 0xffff)->nlmsg_len;
    clock_gettime(CLOCK_MONOTONIC, &to);
    (void)length;
    printf("%s libmnl %d %.6f\n", op->name, count, ((to.tv_sec - from.tv_sec) * 1e9 + to.tv_nsec - from.tv_nsec) / 1e3 / count);
}

int main(int argc, char **argv)
{
    int is_dump = argc == 3 && !strcmp(argv[1], "encode-dump");
    if (argc != 3 || (!is_dump && strcmp(argv[1], "encode")))
        return fprintf(stderr, "usage: libmnl encode SCALE | encode-dump OP\n"), 2;
    for (unsigned k = 0; k < sizeof operations / sizeof *operations; k++) {
        if (!is_dump)
            encode(&operations[k], (int)(ITERATIONS * (long)atoi(argv[2]) / 100));
        else if (!strcmp(argv[2], operations[k].name))
            return dump(operations[k].build), 0;
    }
    return is_dump ? 77 : 0;
}
