/*
 * A small internet between two network namespaces, each with one TUN device. Downwards a packet passes its
 * mirror's own bottleneck, then the way (half a round trip, jitter 2 %, order kept), then the line that all mirrors share; both bottlenecks
 * drop what would wait longer than 80 ms. Upwards it only travels. Mirror i has the address 10.9.i.1, its client 10.8.i.1.
 *
 * usage: forwarder CLIENT-NAMESPACE SERVER-NAMESPACE
 * A world comes in on stdin: "line RATE", "mirror I DELAY RATE" for each (bytes, seconds; rate 0: dead), "go"; "ready" goes out.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { MIRRORS = 64, MTU = 1500 };
static const double most_queued = 0.080, jitter = 0.02; /* seconds, share */
struct packet { struct packet *next; double due; int length; unsigned char bytes[MTU]; };
struct queue { struct packet *head, *tail; double last; }; /* when the last one put in is due: nobody overtakes */
static struct mirror { double delay, rate, free; struct queue down, up; } mirrors[MIRRORS];
static struct queue client;
static double line_rate, line_free;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static int open_tun(const char *namespace) {
  char path[256];
  struct ifreq request = {.ifr_name = "tun0", .ifr_flags = IFF_TUN | IFF_NO_PI};
  snprintf(path, sizeof path, "/run/netns/%s", namespace);
  int space = open(path, O_RDONLY), tun = -1;
  if (space >= 0 && setns(space, CLONE_NEWNET) == 0) tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  if (tun < 0 || ioctl(tun, TUNSETIFF, &request) < 0) {
    perror(path);
    exit(2);
  }
  close(space);
  return tun;
}

static void put(struct queue *queue, struct packet *packet, double due) {
  packet->due = queue->last = due > queue->last ? due : queue->last;
  packet->next = NULL;
  *(queue->head ? &queue->tail->next : &queue->head) = packet;
  queue->tail = packet;
}

static struct packet *take(struct queue *queue) {
  struct packet *packet = queue->head;
  queue->head = packet->next;
  return packet;
}

/* Through a bottleneck: when the packet has left it, or -1 if it found the queue full. */
static double pass(double *free, double rate, double at, int length) {
  if (*free - at > most_queued) return -1;
  *free = (*free > at ? *free : at) + length / rate;
  return *free;
}

static void receive(int tun, int from_server) {
  for (;;) {
    struct packet *packet = malloc(sizeof *packet);
    if ((packet->length = read(tun, packet->bytes, MTU)) <= 0) return free(packet);
    struct mirror *mirror = &mirrors[packet->bytes[from_server ? 14 : 18] % MIRRORS]; /* the third number of its address */
    double at = now(), left = -1; /* unknown and dead: nowhere */
    if (packet->length >= 20 && packet->bytes[0] >> 4 == 4 && mirror->rate > 0)
      left = from_server ? pass(&mirror->free, mirror->rate, at, packet->length) : at;
    if (left < 0) free(packet);
    else put(from_server ? &mirror->down : &mirror->up, packet, left + mirror->delay * (1 + jitter * (2 * drand48() - 1)));
  }
}

static void deliver(int tun, struct queue *queue, double at) {
  while (queue->head && queue->head->due <= at) {
    struct packet *packet = take(queue);
    if (write(tun, packet->bytes, packet->length) < 0) perror("tun");
    free(packet);
  }
}

/* What has travelled so far enters the shared line, in the order of arrival. Gives the moment of the next event. */
static double advance(int to_client, int to_server) {
  for (double at = now();;) {
    double next = client.head ? client.head->due : at + 1;
    struct queue *first = NULL;
    for (int i = 0; i < MIRRORS; i++) {
      struct mirror *mirror = &mirrors[i];
      deliver(to_server, &mirror->up, at);
      if (mirror->up.head && mirror->up.head->due < next) next = mirror->up.head->due;
      if (mirror->down.head && (!first || mirror->down.head->due < first->head->due)) first = &mirror->down;
    }
    if (first && first->head->due <= at) {
      struct packet *packet = take(first);
      double left = pass(&line_free, line_rate, packet->due, packet->length);
      if (left < 0) free(packet);
      else put(&client, packet, left);
      continue;
    }
    deliver(to_client, &client, at);
    if (client.head && client.head->due < next) next = client.head->due;
    return first && first->head->due < next ? first->head->due : next;
  }
}

static void configure(void) {
  char text[256];
  while (client.head) free(take(&client));
  for (int i = 0; i < MIRRORS; i++) {
    while (mirrors[i].down.head) free(take(&mirrors[i].down));
    while (mirrors[i].up.head) free(take(&mirrors[i].up));
  }
  memset(mirrors, 0, sizeof mirrors);
  client.last = line_free = 0;
  for (unsigned i; fgets(text, sizeof text, stdin);) {
    struct mirror mirror = {0};
    if (sscanf(text, "mirror %u %lf %lf", &i, &mirror.delay, &mirror.rate) == 3 && i < MIRRORS) mirrors[i] = mirror;
    else if (strcmp(text, "go\n") == 0) return (void)puts("ready");
    else sscanf(text, "line %lf", &line_rate);
  }
  exit(0);
}

int main(int count, char **names) {
  if (count != 3) return 2;
  struct pollfd waits[3] = {{.events = POLLIN}, {.events = POLLIN}, {.events = POLLIN}};
  waits[1].fd = open_tun(names[1]);
  waits[2].fd = open_tun(names[2]);
  prctl(PR_SET_TIMERSLACK, 1000);
  setlinebuf(stdout);
  puts("open");
  for (;;) {
    double wait = advance(waits[1].fd, waits[2].fd) - now();
    struct timespec time = {0, wait <= 0 ? 0 : wait < 0.999 ? wait * 1e9 : 999e6};
    if (ppoll(waits, 3, &time, NULL) < 0) continue;
    if (waits[0].revents) configure();
    if (waits[1].revents) receive(waits[1].fd, 0);
    if (waits[2].revents) receive(waits[2].fd, 1);
  }
}
