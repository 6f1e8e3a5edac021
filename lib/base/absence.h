/* Cells that say why nothing is there. */
#ifndef HC_BASE_ABSENCE_H
#define HC_BASE_ABSENCE_H

#include <stdbool.h>

/*
 * hc_absence_read(cell):
 * The code of the reason if ${cell} holds no value but a reason for absence
 * (調査中, 不明, 非公表, 無症状, －, なし, N/A ...), compared after folding
 * and without brackets around it; NULL if it is a value, or empty.
 *
 *   investigating	調査中, 確認中, 聞き取り中
 *   unknown		不明, わからない
 *   withheld		非公表, 非公開, 公表しない
 *   no_symptoms	症状なし, 無症状
 *   none		なし, 無し, 無
 *   dash		－, -, ―, ・・・
 *   not_applicable	該当なし, 対象外, N/A
 *   not_entered	未入力, 未記入, 空欄
 *   pending		未定, 調整中, 結果待ち
 *   refused		拒否, 回答拒否
 *
 * The string is static.  Which codes a field takes as absence is the
 * caller's affair: for a field of symptoms "none" is a value.
 */
const char *hc_absence_read(const char *cell);

#endif
