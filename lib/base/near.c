/* Words as typed; optimal string alignment distance. */
#include <string.h>

#include "base/near.h"

#define LONGEST 63

static char
plain(char c)
{
	if (c == '-')
		return '_';
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool
hc_near_same(const char *word, const char *name)
{
	for (; *word != '\0' && plain(*word) == *name; word++)
		name++;
	return *word == *name;
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t
hc_near_distance(const char *a, const char *b)
{
	size_t d[LONGEST + 1][LONGEST + 1];
	size_t i, j, la = strlen(a), lb = strlen(b);

	if (la > LONGEST || lb > LONGEST)
		return la + lb;
	for (i = 0; i <= la; i++)
		d[i][0] = i;
	for (j = 0; j <= lb; j++)
		d[0][j] = j;
	for (i = 1; i <= la; i++)
		for (j = 1; j <= lb; j++) {
			d[i][j] = least(d[i - 1][j - 1] +
			    (a[i - 1] != b[j - 1]),
			    least(d[i - 1][j], d[i][j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	return d[la][lb];
}

const char *
hc_near_better(const char *word, const char *candidate, const char *best)
{
	size_t allowed = strlen(candidate) / 3, distance;

	distance = hc_near_distance(word, candidate);
	if (distance > (allowed > 1 ? allowed : 1))
		return best;
	if (best != NULL && hc_near_distance(word, best) <= distance)
		return best;
	return candidate;
}
