/* bench-empty: what starting any program costs at least. */
int
main(void)
{
	return 0;
}
