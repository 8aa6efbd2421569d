/*
 * Events of flows: who makes them, and a listener that parses nothing. What a listener that reads them can be expected to keep up with.
 *   events listen  new|update|destroy|all BUFFER          until its input ends and all is read
 *   events produce new|update|destroy|all RATE SECONDS N  RATE events a second from N processes together; 0: as many as they can
 * The listener says "ready" once it has subscribed, and prints how many events came, how often some were lost, and microseconds of processor
 * time for each. The producer prints how many events it caused, and in how many seconds. Flows that are made and at once deleted again, or marks
 * set; "all" makes, marks and deletes, and leaves thousands of flows behind.
 */
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "messages.h"

enum { NEW = 1, UPDATE = 2, DESTROY = 4, ALL = 7 };

enum { CHUNK = 50, FLOWS = 60000 }; /* requests of a kind in a datagram; flows that take turns */

static int kind_of(const char *name)
{
    return !strcmp(name, "new") ? NEW : !strcmp(name, "update") ? UPDATE : !strcmp(name, "destroy") ? DESTROY : !strcmp(name, "all") ? ALL : 0;
}

static int listen_to(int kind, int room)
{
    static const int groups[] = { NFNLGRP_CONNTRACK_NEW, NFNLGRP_CONNTRACK_UPDATE, NFNLGRP_CONNTRACK_DESTROY };
    static char bytes[1 << 16];
    struct timeval patience = { .tv_usec = 50000 };
    struct pollfd input = { .fd = 0, .events = POLLIN };
    int s = open_socket(NETLINK_NETFILTER), i;
    long events = 0, overruns = 0;
    struct rusage used;

    setsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    for (i = 0; i < 3; i++) {
        if (kind >> i & 1 && setsockopt(s, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &groups[i], sizeof groups[i]) < 0)
            return perror("subscribe"), 2;
    }
    puts("ready");
    fflush(stdout);
    for (;;) {
        if (recv(s, bytes, sizeof bytes, 0) > 0)
            events++;
        else if (errno == ENOBUFS)
            overruns++;
        else if (errno != EAGAIN && errno != EINTR)
            return perror("recv"), 2;
        else if (poll(&input, 1, 0) > 0)
            break; /* nothing came for a while, and nothing will */
    }
    getrusage(RUSAGE_SELF, &used);
    timeradd(&used.ru_utime, &used.ru_stime, &used.ru_utime);
    printf("%ld %ld %.3f\n", events, overruns, (used.ru_utime.tv_sec * 1e6 + used.ru_utime.tv_usec) / (events + !events));
    return 0;
}

/* Appends CHUNK requests about flows from i on. */
static char *requests(char *end, int kind, unsigned i, unsigned *sequence)
{
    for (unsigned stop = i + CHUNK; i < stop; i++) {
        struct nlmsghdr *m = kind == DESTROY ? flow_request(end, IPCTNL_MSG_CT_DELETE, 0, i) : flow_message(end, i, 0, kind == NEW);
        m->nlmsg_seq = ++*sequence;
        end += m->nlmsg_len;
    }
    return end;
}

/* Waits until it is time, the processor being free for the listener meanwhile. */
static void wait_until(double due)
{
    struct timespec t = { .tv_sec = (time_t)due, .tv_nsec = (long)((due - (time_t)due) * 1e9) };
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
        ;
}

/* What one process made, for the one that started it. */
struct share {
    long made, refused;
    double took;
};

/* Makes events from flow "first" on. */
static struct share produce(int kind, double rate, double seconds, unsigned first)
{
    enum { STEPS = FLOWS / CHUNK };
    int s = open_socket(NETLINK_NETFILTER), events = kind == ALL ? 3 * CHUNK : CHUNK;
    char *bytes = malloc((size_t)FLOWS * 3 * 256), *at[STEPS + 1], *end = bytes;
    unsigned last[STEPS], sequence = 0, step;
    long made = 0, refused = 0;
    double from, due;

    /* All requests of all steps, before the clock starts. */
    for (step = 0; step < STEPS; step++) {
        at[step] = end;
        if (kind != UPDATE)
            end = requests(end, NEW, first + step * CHUNK, &sequence);
        if (kind == UPDATE || kind == ALL)
            end = requests(end, UPDATE, first + step * CHUNK, &sequence);
        if (kind != UPDATE) /* half of the turn before, where some are to stay for a while */
            end = requests(end, DESTROY, first + (kind == ALL ? (step + STEPS / 2) % STEPS : step) * CHUNK, &sequence);
        last[step] = sequence;
    }
    at[STEPS] = end;
    for (step = 0; step < STEPS; step++) {
        struct nlmsghdr *m = (void *)at[step];
        while ((char *)m + m->nlmsg_len < at[step + 1])
            m = (void *)((char *)m + m->nlmsg_len);
        m->nlmsg_flags |= NLM_F_ACK;
    }
    /* What is to be there before the first turn. */
    if (kind == UPDATE || kind == ALL) {
        char *all = malloc((size_t)CHUNK * 256);
        for (step = kind == ALL ? STEPS / 2 : 0; step < STEPS; step++) {
            unsigned number = 0;
            char *stop = requests(all, NEW, first + step * CHUNK, &number);
            struct nlmsghdr *m = (void *)all;
            while ((char *)m + m->nlmsg_len < stop)
                m = (void *)((char *)m + m->nlmsg_len);
            m->nlmsg_flags |= NLM_F_ACK;
            refused += transfer(s, all, stop - all, number);
        }
        if (kind == ALL)
            made += FLOWS / 2;
    }
    from = now();
    for (step = 0; (due = rate > 0 ? from + step * (events / rate) : now()) < from + seconds; step++) {
        if (rate > 0)
            wait_until(due);
        refused += transfer(s, at[step % STEPS], at[step % STEPS + 1] - at[step % STEPS], last[step % STEPS]);
        made += events;
    }
    seconds = now() - from;
    return (struct share){ made, refused, seconds };
}

static int produce_together(int kind, double rate, double seconds, int processes)
{
    struct share *shares = mmap(NULL, sizeof *shares * processes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), sum = { 0 };
    int i, status, failed = 0;

    for (i = 0; i < processes; i++) {
        if (fork() == 0) {
            shares[i] = produce(kind, rate / processes, seconds, i * FLOWS);
            _exit(0);
        }
    }
    for (i = 0; i < processes; i++)
        failed |= wait(&status) < 0 || status;
    if (kind == UPDATE) { /* what was there before the first turn goes; nobody hears of it */
        struct nfgenmsg all = { .version = NFNETLINK_V0 };
        char bytes[64];
        struct nlmsghdr *m = begin(bytes, NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_DELETE, NLM_F_ACK, &all, sizeof all);
        m->nlmsg_seq = 1;
        sum.refused += transfer(open_socket(NETLINK_NETFILTER), bytes, m->nlmsg_len, 1);
    }
    for (i = 0; i < processes; i++) {
        sum.made += shares[i].made;
        sum.refused += shares[i].refused;
        sum.took = shares[i].took > sum.took ? shares[i].took : sum.took;
    }
    printf("%ld %.6f %ld\n", sum.made, sum.took, sum.refused);
    return failed || sum.refused;
}

int main(int argc, char **argv)
{
    int kind = argc > 2 ? kind_of(argv[2]) : 0;
    if (argc == 4 && kind && !strcmp(argv[1], "listen"))
        return listen_to(kind, atoi(argv[3]));
    if (argc == 6 && kind && atoi(argv[5]) > 0 && !strcmp(argv[1], "produce"))
        return produce_together(kind, atof(argv[3]), atof(argv[4]), atoi(argv[5]));
    return fprintf(stderr, "usage: events listen new|update|destroy|all BUFFER | produce new|update|destroy|all RATE SECONDS PROCESSES\n"), 2;
}
