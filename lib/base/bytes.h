/* Numbers as they stand in files of Intel machines, lowest byte first. */
#ifndef HC_BASE_BYTES_H
#define HC_BASE_BYTES_H

#include <stdint.h>
#include <string.h>

static inline uint16_t
hc_bytes_u16(const void *at)
{
	const unsigned char *p = at;

	return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t
hc_bytes_u32(const void *at)
{
	const unsigned char *p = at;

	return hc_bytes_u16(p) | (uint32_t)hc_bytes_u16(p + 2) << 16;
}

static inline double
hc_bytes_double(const void *at)
{
	const unsigned char *p = at;
	uint64_t bits = hc_bytes_u32(p) | (uint64_t)hc_bytes_u32(p + 4) << 32;
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

#endif
