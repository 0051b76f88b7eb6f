/**
 * The words of a refusal in other languages, as English ones. Servers translate the words around OAuth's own names,
 * so a handful of stems is enough: what is refused, and what is wrong with it. Word order does not matter to the readers.
 */
const words: readonly (readonly [RegExp, string])[] = [
  // German
  [/autorisierungs-?code|zugangscode/g, 'authorization code'], [/aktualisierungs-?token/g, 'refresh token'], [/umleitungs-?(?:uri|url|adresse)|weiterleitungs-?(?:uri|url|adresse)|r(?:ü|ue)ckruf-?(?:url|adresse)/g, 'redirect uri'],
  [/ung(?:ü|ue)ltige?[rsnm]?|nicht g(?:ü|ue)ltig|fehlgeschlagen|falsche?[rsnm]?(?![a-zäöü])/g, 'invalid'], [/abgelaufene?[rsnm]?|nicht mehr g(?:ü|ue)ltig/g, 'expired'], [/bereits (?:verwendet|benutzt|eingel(?:ö|oe)st)|schon verwendet/g, 'already used'],
  [/widerrufen|zur(?:ü|ue)ckgezogen/g, 'revoked'], [/stimmt nicht (?:mit .{0,60} )?(?:ü|ue)berein|stimmen nicht (?:ü|ue)berein/g, 'does not match'], [/unbekannte?[rsnm]?|nicht gefunden|existiert nicht/g, 'not found'], [/fehlt|fehlende?[rsnm]?|erforderlich/g, 'missing'],
  [/client-?geheimnis|client-?schl(?:ü|ue)ssel/g, 'client secret'], [/\banwendung\b/g, 'application'], [/\bbenutzer(?:konto)?\b/g, 'user'], [/gesperrt|deaktiviert/g, 'disabled'], [/nicht (?:erlaubt|zul(?:ä|ae)ssig|zugelassen|unterst(?:ü|ue)tzt)/g, 'not allowed'], [/\bsitzung\b/g, 'session'], [/\bist\b/g, 'is'],
  // French
  [/code d.autorisation/g, 'authorization code'], [/jeton d(?:.actualisation|e rafra[iî]chissement|.acc[eè]s)|jeton de renouvellement/g, 'refresh token'], [/(?:uri|url|adresse) de (?:redirection|rappel)/g, 'redirect uri'], [/\bjeton\b/g, 'token'],
  [/authentification du client/g, 'client authentication'], [/a [eé]chou[eé]|[eé]chec|incorrecte?s?\b|non valides?|n.est pas valide/g, 'invalid'], [/expir[eé]e?s?|p[eé]rim[eé]e?s?/g, 'expired'], [/d[eé]j[aà] [eé]t[eé]? ?(?:utilis[eé]|consomm[eé])e?|d[eé]j[aà] utilis[eé]e?/g, 'already used'], [/r[eé]voqu[eé]e?s?/g, 'revoked'],
  [/ne correspond(?:ent)? pas/g, 'does not match'], [/inconnue?s?|introuvable|n.existe pas/g, 'unknown'], [/manquante?s?|requise?s?|obligatoire/g, 'missing'], [/secret (?:du )?client/g, 'client secret'], [/\butilisateur\b/g, 'user'], [/d[eé]sactiv[eé]e?/g, 'disabled'], [/non (?:autoris[eé]|pris en charge|support[eé])e?s?/g, 'not allowed'], [/d.aucune|aucune|d.une?\b/g, ' of '], [/m[eé]thode/g, 'method'], [/incluse?/g, 'included'],
  // Spanish and Portuguese
  [/c[oó]digo de (?:autori[sz]aci[oó]n|acceso|autoriza[cç][aã]o|acesso)/g, 'authorization code'], [/token de (?:actualizaci[oó]n|refresco|atualiza[cç][aã]o|renova[cç][aã]o)/g, 'refresh token'], [/(?:uri|url) de (?:la )?(?:redirecci[oó]n|redireccionamiento|redirecionamento|retorno)/g, 'redirect uri'], [/\bc[oó]digo\b/g, 'the code'],
  [/inv[aá]lid[oa]s?|no (?:es )?v[aá]lid[oa]s?|n[aã]o (?:[eé] )?v[aá]lid[oa]s?|incorrect[oa]s?/g, 'invalid'], [/caducad[oa]s?|ha (?:caducado|expirado)|expirad[oa]s?|expirou|vencid[oa]s?/g, 'expired'], [/ya (?:ha sido |fue )?(?:utilizad|usad|canjead)[oa]|j[aá] (?:foi )?(?:utilizad|usad)[oa]/g, 'already used'], [/revocad[oa]s?|revogad[oa]s?/g, 'revoked'],
  [/no coinciden?|n[aã]o (?:corresponde|coincide)m?/g, 'does not match'], [/desconocid[oa]|desconhecid[oa]|no (?:se )?(?:encontrad[oa]|encontr[oó]|existe)|n[aã]o (?:encontrad[oa]|existe)/g, 'not found'], [/\bfalta\b|faltante|requerid[oa]|obligatori[oa]|obrigat[oó]ri[oa]|ausente/g, 'missing'], [/secreto (?:del? )?cliente|segredo do cliente/g, 'client secret'], [/\bcliente\b/g, 'client'], [/usuario|usu[aá]rio/g, 'user'], [/\bclave\b|contrase[nñ]a|\bsenha\b/g, 'password'],
  // Italian, Dutch, Polish
  [/codice di autorizzazione/g, 'authorization code'], [/non valid[oa]|errat[oa]/g, 'invalid'], [/scadut[oa]/g, 'expired'], [/gi[aà] (?:stato )?utilizzat[oa]/g, 'already used'], [/revocat[oa]/g, 'revoked'], [/non corrisponde/g, 'does not match'],
  [/autorisatiecode/g, 'authorization code'], [/ongeldige?/g, 'invalid'], [/verlopen/g, 'expired'], [/al gebruikt/g, 'already used'], [/ingetrokken/g, 'revoked'], [/komt niet overeen/g, 'does not match'], [/onbekende?/g, 'unknown'], [/ontbreekt|vereist/g, 'missing'],
  [/kod (?:autoryzacji|autoryzacyjny)/g, 'authorization code'], [/nieprawid[lł]ow[yaeo]|niepoprawn[yaeo]/g, 'invalid'], [/wygas[lł]/g, 'expired'],
  // Russian and Ukrainian
  [/код (?:авторизации|авторизації|подтверждения)/g, 'authorization code '], [/токен обновления|рефреш.токен|токен оновлення/g, 'refresh token '], [/недействительн\S*|неверн\S*|недопустим\S*|некорректн\S*|невірн\S*|недійсн\S*/g, 'invalid '], [/ист[её]к\S*|просрочен\S*|срок действия\S*|прострочен\S*/g, 'expired '], [/уже (?:был )?использован\S*/g, 'already used '], [/отозван\S*/g, 'revoked '], [/не совпада\S*|не соответств\S*/g, 'does not match '], [/не найден\S*|неизвестн\S*/g, 'not found '], [/отсутств\S*|обязател\S*/g, 'missing '], [/клиент\S*|приложени\S*/g, 'client '], [/секрет\S*/g, 'secret '], [/пользовател\S*/g, 'user '],
  // Chinese (simplified and traditional)
  [/授权码|授權碼|授权code|临时授权码|临时code/g, ' authorization code '], [/刷新令牌|更新令牌|重新整理權杖/g, ' refresh token '], [/令牌|權杖/g, ' token '], [/回调地址|回调域名|回调url|重定向(?:地址|uri|url)|跳转地址|重新導向/gi, ' redirect uri '], [/应用|應用程式|客户端|用戶端/g, ' client '], [/密钥|密鑰|秘钥/g, ' secret '],
  [/或者?|还是/g, ' or '], [/无效|無效|不合法|错误|錯誤|不正确|不正確|非法|有误/g, ' invalid '], [/过期|過期|已失效|超时/g, ' expired '], [/已(?:经)?被?使用|重复使用|已使用过|已經使用/g, ' already used '], [/不匹配|不一致|不符/g, ' does not match '], [/不存在|未找到|找不到/g, ' not found '], [/缺少|不能为空|为空|缺失|必填/g, ' missing '], [/未授权|无权限|没有权限|不允许|不支持|未开通/g, ' not allowed '], [/已(?:被)?撤销|已取消授权|取消授权/g, ' revoked '], [/用户|用戶|使用者/g, ' user '], [/禁用|停用|冻结|封禁/g, ' disabled '], [/参数/g, ' parameter '], [/请求(?:过于)?频繁|频率限制|频率超限/g, ' too many requests '], [/刷新/g, ' refresh '],
  // Japanese
  [/認可コード|認証コード|承認コード/g, ' authorization code '], [/リフレッシュ ?トークン|更新トークン/g, ' refresh token '], [/トークン/g, ' token '], [/リダイレクト ?(?:uri|url|先)|コールバック(?:url)?/gi, ' redirect uri '], [/無効|不正|正しくありません|間違/g, ' invalid '], [/有効期限が?(?:切れ|を過ぎ)\S*|期限切れ/g, ' expired '], [/(?:既|すで)に使用(?:済み|され)\S*|使用済み/g, ' already used '], [/一致しません|一致していません/g, ' does not match '], [/見つかりません|存在しません/g, ' not found '], [/必須|指定されていません|ありません/g, ' missing '], [/クライアント ?シークレット/g, ' client secret '], [/クライアント/g, ' client '],
  // Korean
  [/인가 ?코드|인증 ?코드/g, ' authorization code '], [/리프레시 ?토큰|갱신 ?토큰/g, ' refresh token '], [/토큰/g, ' token '], [/리다이렉트 ?(?:uri|url)|리디렉션/gi, ' redirect uri '], [/유효하지 않\S*|잘못된|올바르지 않\S*/g, ' invalid '], [/만료\S*/g, ' expired '], [/이미 사용\S*/g, ' already used '], [/일치하지 않\S*/g, ' does not match '], [/클라이언트 ?시크릿/g, ' client secret '], [/클라이언트|애플리케이션/g, ' client '], [/찾을 수 없\S*|존재하지 않\S*/g, ' not found '], [/누락\S*|필수/g, ' missing '],
];

/** Words that give a language away where no letter outside ASCII does. */
const plainly = /\b(?:ungueltig\w*|abgelaufen\w*|bereits|stimmt nicht|fehlt|jeton|ne correspond|inconnu|requis|caducad[oa]|expirad[oa]|expirou|scadut[oa]|errat[oa]|non valid[oa]|verlopen|ongeldige?|ingetrokken|onbekende?|nieprawid\w+|no coincide|redireccionamiento|redirecionamento|desconocid[oa]|ya fue|code d.autorisation|non valide)\b/;

/** Puts foreign words into English where a text has any; small letters expected. English text comes back as it is. */
export function inEnglish(text: string): string {
  if (!/[^\u0000-\u024f\u2000-\u206f]|[à-öø-ÿ]/.test(text) && !plainly.test(text)) return text;
  return words.reduce((result, [word, english]) => result.replace(word, english), text);
}
