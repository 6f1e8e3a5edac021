/*
 * Tables made from the catalogue, and the version of the whole.
 */
#ifndef HC_STORE_SCHEMA_H
#define HC_STORE_SCHEMA_H

#include "base/buf.h"
#include "store/catalogue.h"
#include "store/db.h"

/*
 * The schema that this program knows.  It grows with every change of
 * lib/catalogue/ or lib/store/system.sql that an existing database must
 * follow.  What a step changes beyond the catalogue stands in
 * lib/store/upgrade-NNN.sql, NNN being the version that it makes; such a
 * file is never edited once it is released.
 */
#define HC_SCHEMA_VERSION 2

/*
 * hc_schema_create(db, catalogue):
 * Make all tables in an empty database, within the caller's transaction.
 */
enum hc_status hc_schema_create(struct hc_db *db,
    const struct hc_catalogue *catalogue);

/*
 * hc_schema_extend(db, catalogue):
 * Add the tables, columns and indexes that the catalogue has and the
 * database lacks; nothing is ever taken away.
 */
enum hc_status hc_schema_extend(struct hc_db *db,
    const struct hc_catalogue *catalogue);

/*
 * hc_schema_step(db, version):
 * Run lib/store/upgrade-${version}.sql, if there is one, and set the
 * version, within the caller's transaction.
 */
enum hc_status hc_schema_step(struct hc_db *db, int version);

/*
 * hc_schema_name(sql, name):
 * Append ${name} as a quoted identifier.  It must be [a-z][a-z0-9_]*, of at
 * most 40 bytes: the names of the catalogue; else HC_ERROR and nothing.
 */
enum hc_status hc_schema_name(struct hc_buf *sql, const char *name);

#endif
