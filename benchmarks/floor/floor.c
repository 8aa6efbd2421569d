/*
 * The floor: messages built before the clock starts, sent, acknowledged. Nothing a library does can be faster than this.
 *   floor class N BATCH DEVICE     HTB classes 1:2 ... under 1:
 *   floor mark  N BATCH SALT       marks of the UDP flows 10.0.0.0+i:(1024+i%60000) -> 192.0.2.1:443
 *   floor flows N                  makes those flows
 *   floor links N                  dumps the namespace's N links and walks their attributes
 *   floor dump  N                  dumps them: both tuples, mark, timeout and status are read
 * Prints microseconds per operation and how many were refused, or are missing.
 */
#include "messages.h"

static volatile unsigned long sink;

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

/* Visits every attribute of a flow; returns whether it has an address and a mark. */
static int read_flow(const struct nlmsghdr *m)
{
    int left = m->nlmsg_len - NLMSG_LENGTH(sizeof(struct nfgenmsg)), inside, leaves;
    struct rtattr *a = (void *)((char *)NLMSG_DATA(m) + NLMSG_ALIGN(sizeof(struct nfgenmsg))), *b, *c;
    unsigned address = 0, mark = 0, timeout = 0, status = 0;
    unsigned long sum = 0;

    for (; RTA_OK(a, left); a = RTA_NEXT(a, left)) {
        switch (a->rta_type & NLA_TYPE_MASK) {
        case CTA_TUPLE_ORIG:
        case CTA_TUPLE_REPLY:
            inside = RTA_PAYLOAD(a);
            for (b = RTA_DATA(a); RTA_OK(b, inside); b = RTA_NEXT(b, inside)) {
                leaves = RTA_PAYLOAD(b);
                for (c = RTA_DATA(b); RTA_OK(c, leaves); c = RTA_NEXT(c, leaves)) {
                    if ((b->rta_type & NLA_TYPE_MASK) == CTA_TUPLE_IP)
                        sum += address = *(unsigned *)RTA_DATA(c);
                    else
                        sum += c->rta_type == CTA_PROTO_NUM ? *(unsigned char *)RTA_DATA(c) : *(unsigned short *)RTA_DATA(c);
                }
            }
            break;
        case CTA_MARK:
            mark = ntohl(*(unsigned *)RTA_DATA(a));
            break;
        case CTA_TIMEOUT:
            timeout = ntohl(*(unsigned *)RTA_DATA(a));
            break;
        case CTA_STATUS:
            status = ntohl(*(unsigned *)RTA_DATA(a));
            break;
        }
    }
    sink += sum + timeout + status + mark;
    return address && mark;
}

static int dump(int n)
{
    static char bytes[1 << 15];
    struct nfgenmsg g = { .nfgen_family = AF_INET, .version = NFNETLINK_V0 };
    struct nlmsghdr *m = begin(bytes, NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_GET, NLM_F_DUMP, &g, sizeof g);
    int s = open_socket(NETLINK_NETFILTER), more = 1;
    long found = 0;
    double from = now();

    if (send(s, m, m->nlmsg_len, 0) < 0)
        return perror("send"), 2;
    while (more) {
        ssize_t got = recv(s, bytes, sizeof bytes, 0);
        if (got < 0)
            return perror("recv"), 2;
        for (m = (void *)bytes; NLMSG_OK(m, got); m = NLMSG_NEXT(m, got)) {
            if (m->nlmsg_type == NLMSG_DONE || m->nlmsg_type == NLMSG_ERROR)
                more = 0;
            else
                found += read_flow(m);
        }
    }
    printf("%.6f %ld\n", (now() - from) * 1e6 / n, labs(found - n));
    return found != n;
}

/* Dumps links, twice, of which the second time counts; walks every attribute. */
static int dump_links(int expected)
{
    static char answers[1 << 15];
    struct { struct nlmsghdr header; struct ifinfomsg link; } ask = { .header = { sizeof ask, RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, 0, 0 } };
    int s = open_socket(NETLINK_ROUTE), round, links = 0;
    double from = 0, to = 0;

    for (round = 1; round <= 2; round++) {
        int done = 0;
        links = 0;
        ask.header.nlmsg_seq = round;
        from = now();
        if (send(s, &ask, sizeof ask, 0) < 0)
            return perror("send"), 2;
        while (!done) {
            ssize_t got = recv(s, answers, sizeof answers, 0);
            struct nlmsghdr *m = (void *)answers;
            if (got < 0)
                return perror("recv"), 2;
            for (; NLMSG_OK(m, got); m = NLMSG_NEXT(m, got)) {
                int left = m->nlmsg_len - NLMSG_LENGTH(sizeof(struct ifinfomsg));
                struct rtattr *a = (void *)((char *)NLMSG_DATA(m) + NLMSG_ALIGN(sizeof(struct ifinfomsg)));
                if (m->nlmsg_type == NLMSG_DONE || m->nlmsg_type == NLMSG_ERROR) {
                    done = 1;
                    break;
                }
                links++;
                for (; RTA_OK(a, left); a = RTA_NEXT(a, left))
                    sink += a->rta_type;
            }
        }
        to = now();
    }
    printf("%.6f %d\n", (to - from) * 1e6 / expected, abs(links - expected));
    return links != expected;
}

int main(int argc, char **argv)
{
    int is_class = argc == 5 && !strcmp(argv[1], "class"), is_mark = argc == 5 && !strcmp(argv[1], "mark");
    int is_flows = argc == 3 && !strcmp(argv[1], "flows"), n, batch, s, i;
    size_t *at, end = 0;
    long refused = 0;
    double from;
    char *bytes;

    if (argc == 3 && !strcmp(argv[1], "dump"))
        return dump(atoi(argv[2]));
    if (argc == 3 && !strcmp(argv[1], "links"))
        return dump_links(atoi(argv[2]));
    if (!is_class && !is_mark && !is_flows)
        return fprintf(stderr, "usage: floor class N BATCH DEVICE | mark N BATCH SALT | flows N | dump N | links N\n"), 2;
    n = atoi(argv[2]);
    batch = is_flows ? 256 : atoi(argv[3]);
    bytes = malloc((size_t)n * 256);
    at = malloc(sizeof *at * (n + 1));
    s = open_socket(is_class ? NETLINK_ROUTE : NETLINK_NETFILTER);
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
    from = now();
    for (i = 0; i < n; i += batch) {
        int stop = i + batch > n ? n : i + batch;
        refused += transfer(s, bytes + at[i], at[stop] - at[i], stop);
    }
    printf("%.6f %ld\n", (now() - from) * 1e6 / n, refused);
    return refused != 0;
}
