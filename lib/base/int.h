/* Whole numbers as text, where there are so many that printf() is slow. */
#ifndef HC_BASE_INT_H
#define HC_BASE_INT_H

#include <stddef.h>
#include <stdint.h>

#define HC_INT_SIZE 24

/* hc_int_format(n, decimals, text): "375", or "37.5" with one decimal;
   ${decimals} is 18 at most.  Returns ${text}. */
char *hc_int_format(int64_t n, int decimals, char text[HC_INT_SIZE]);

#endif
