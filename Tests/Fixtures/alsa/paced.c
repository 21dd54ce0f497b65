// A capture device without hardware that behaves as if it had some: a file's samples arrive at
// real pace in a buffer of its own, and those that nobody fetches in time are lost in an overrun.
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <stdio.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { RATE = 16000 };

typedef struct {
  snd_pcm_ioplug_t io;
  FILE *file;
  // Samples since the device was opened: at its last start, and at the first one not yet fetched.
  long begin, next;
  // Nanoseconds of the monotonic clock when it was opened.
  long long opened;
} Device;

static long samples_since_opening(const Device *device) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  long long passed = now.tv_sec * 1000000000LL + now.tv_nsec - device->opened;
  return (long)(passed / 1000 * RATE / 1000000);
}

static int set_timer(const snd_pcm_ioplug_t *io, long nanoseconds) {
  struct timespec pause = {.tv_nsec = nanoseconds};
  struct itimerspec times = {pause, pause};
  return timerfd_settime(io->poll_fd, 0, &times, NULL) < 0 ? -errno : 0;
}

static int device_start(snd_pcm_ioplug_t *io) {
  Device *device = io->private_data;
  device->begin = device->next = samples_since_opening(device);
  return set_timer(io, 1000000000LL * io->period_size / RATE);
}

static int device_stop(snd_pcm_ioplug_t *io) { return set_timer(io, 0); }

static snd_pcm_sframes_t device_pointer(snd_pcm_ioplug_t *io) {
  Device *device = io->private_data;
  long now = samples_since_opening(device);
  if (now - device->next > (long)io->buffer_size) return -EPIPE;
  return (now - device->begin) % io->buffer_size;
}

static snd_pcm_sframes_t device_transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas,
                                         snd_pcm_uframes_t offset, snd_pcm_uframes_t count) {
  Device *device = io->private_data;
  short *samples = (short *)areas->addr + areas->first / 16 + offset * areas->step / 16;
  memset(samples, 0, count * sizeof *samples);
  // Silence behind the end.
  if (fseek(device->file, device->next * 2, SEEK_SET) == 0) {
    size_t there = fread(samples, sizeof *samples, count, device->file);
    (void)there;
  }
  device->next += count;
  return count;
}

static int device_revents(snd_pcm_ioplug_t *io, struct pollfd *watched, unsigned int count,
                          unsigned short *events) {
  unsigned long long ticks;
  (void)count;
  *events = watched->revents & POLLIN && read(io->poll_fd, &ticks, sizeof ticks) > 0 ? POLLIN : 0;
  return 0;
}

static int device_close(snd_pcm_ioplug_t *io) {
  Device *device = io->private_data;
  fclose(device->file);
  close(io->poll_fd);
  free(device);
  return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = {
    .start = device_start,
    .stop = device_stop,
    .pointer = device_pointer,
    .transfer = device_transfer,
    .poll_revents = device_revents,
    .close = device_close,
};

static int constrain(snd_pcm_ioplug_t *io) {
  unsigned int access = SND_PCM_ACCESS_RW_INTERLEAVED, format = SND_PCM_FORMAT_S16_LE;
  int failure = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_ACCESS, 1, &access);
  if (failure >= 0)
    failure = snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, 1, &format);
  if (failure >= 0) failure = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_CHANNELS, 1, 1);
  if (failure >= 0)
    failure = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_RATE, RATE, RATE);
  if (failure >= 0) failure = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIODS, 2, 64);
  if (failure >= 0)
    failure = snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 320, RATE);
  return failure;
}

SND_PCM_PLUGIN_DEFINE_FUNC(paced) {
  (void)root;
  const char *path = NULL;
  snd_config_iterator_t place, next;
  snd_config_for_each(place, next, conf) {
    snd_config_t *entry = snd_config_iterator_entry(place);
    const char *key;
    if (snd_config_get_id(entry, &key) >= 0 && strcmp(key, "file") == 0)
      snd_config_get_string(entry, &path);
  }
  Device *device = calloc(1, sizeof *device);
  if (!device) return -ENOMEM;
  device->file = path ? fopen(path, "re") : NULL;
  if (!device->file) {
    free(device);
    return -ENOENT;
  }
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  device->opened = now.tv_sec * 1000000000LL + now.tv_nsec;
  device->io = (snd_pcm_ioplug_t){
      .version = SND_PCM_IOPLUG_VERSION,
      .name = "samples at real pace",
      .poll_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK),
      .poll_events = POLLIN,
      .callback = &callbacks,
      .private_data = device,
  };
  int failure = snd_pcm_ioplug_create(&device->io, name, stream, mode);
  if (failure < 0) {
    device_close(&device->io);
    return failure;
  }
  failure = constrain(&device->io);
  if (failure < 0) {
    snd_pcm_ioplug_delete(&device->io);
    return failure;
  }
  *pcmp = device->io.pcm;
  return 0;
}

SND_PCM_PLUGIN_SYMBOL(paced);
