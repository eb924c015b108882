/*
 * Lets btvirt, BlueZ's emulated adapters, have several links at one adapter. Each adapter numbers its own links, but btvirt tells
 * the called adapter the caller's number of a link, and hands packets on with the sender's number: that fits only while each of the
 * two has one link. Preloaded into btvirt, this puts the receiving adapter's own number into both.
 *
 *   cc -shared -fPIC -o link-numbers.so link-numbers.c
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* btvirt's number of an adapter's first link; each further one gets the next that is free. */
enum { first_number = 42 };

enum { most_files = 64, most_links = 16, longest_packet = 4096 };

/* The first byte of a packet, and the second of an event. */
enum { data_packet = 2, event_packet = 4 };
enum { disconnected = 0x05, command_done = 0x0e, of_low_energy = 0x3e };
/* What a low energy event tells, in its first byte. */
enum { connected = 0x01, connected_enhanced = 0x0a };
enum { read_address = 0x1009 };

struct link {
	int is_used;
	unsigned number;
	unsigned char peer[6];
};

/* By the file that an adapter is. */
static struct {
	unsigned char address[6];
	struct link links[most_links];
} adapters[most_files];

/* The adapter that btvirt has read from last: it does one thing at a time, and what it writes then comes from there. */
static int sender = -1;

static unsigned word(const unsigned char *at)
{
	return at[0] | at[1] << 8;
}

static int is_used(int file, unsigned number)
{
	for (int i = 0; i < most_links; i++)
		if (adapters[file].links[i].is_used && adapters[file].links[i].number == number)
			return 1;
	return 0;
}

static void note_link(int file, unsigned number, const unsigned char *peer)
{
	for (int i = 0; i < most_links; i++) {
		struct link *link = &adapters[file].links[i];
		if (link->is_used)
			continue;
		link->is_used = 1;
		link->number = number;
		memcpy(link->peer, peer, sizeof(link->peer));
		return;
	}
}

static void forget_link(int file, unsigned number)
{
	for (int i = 0; i < most_links; i++)
		if (adapters[file].links[i].number == number)
			adapters[file].links[i].is_used = 0;
}

/* Notes what an event tells an adapter, and corrects the number of a new link in it. */
static void event(int file, unsigned char *packet)
{
	unsigned char *body = packet + 3;
	int is_success = body[1] == 0;

	switch (packet[1]) {
	case command_done:
		if (word(body + 1) == read_address)
			memcpy(adapters[file].address, body + 4, sizeof(adapters[file].address));
		break;
	case of_low_energy:
		if (!is_success || (body[0] != connected && body[0] != connected_enhanced))
			break;
		if (file != sender)
			for (body[2] = first_number; is_used(file, body[2]); body[2]++)
				;
		note_link(file, word(body + 2), body + 6);
		break;
	case disconnected:
		if (body[0] == 0)
			forget_link(file, word(body + 1));
		break;
	}
}

/* Corrects the number of the link in data: it is that which the receiver has to the sender. */
static void data(int file, unsigned char *packet)
{
	if (sender < 0)
		return;
	for (int i = 0; i < most_links; i++) {
		const struct link *link = &adapters[file].links[i];
		if (!link->is_used || memcmp(link->peer, adapters[sender].address, sizeof(link->peer)))
			continue;
		packet[1] = link->number;
		/* Its upper bits are flags. */
		packet[2] &= 0xf0;
		return;
	}
}

ssize_t read(int file, void *buffer, size_t size)
{
	static ssize_t (*next)(int, void *, size_t);

	if (!next)
		next = dlsym(RTLD_NEXT, "read");
	ssize_t length = next(file, buffer, size);
	if (length > 0 && file >= 0 && file < most_files)
		sender = file;
	return length;
}

ssize_t writev(int file, const struct iovec *parts, int count)
{
	static ssize_t (*next)(int, const struct iovec *, int);
	unsigned char packet[longest_packet] = { 0 };
	size_t length = 0;

	if (!next)
		next = dlsym(RTLD_NEXT, "writev");
	for (int i = 0; i < count; i++) {
		if (length + parts[i].iov_len > sizeof(packet))
			return next(file, parts, count);
		memcpy(packet + length, parts[i].iov_base, parts[i].iov_len);
		length += parts[i].iov_len;
	}
	if (file >= 0 && file < most_files && length > 0) {
		if (packet[0] == event_packet)
			event(file, packet);
		else if (packet[0] == data_packet)
			data(file, packet);
	}
	const struct iovec whole = { packet, length };
	return next(file, &whole, 1);
}
