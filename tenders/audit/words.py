"""What is found out about comments, bids, committees and receipts, in plain sentences."""

from ledger.check import Problem

WORDS = {
    "comment-dropped": (
        "{subject}：账本第 {seq} 条收下的意见，在数据库里没有了",
        "{subject}: the comment that entry {seq} received is no longer in the database",
    ),
    "comment-altered": (
        "{subject}：意见的原文或者随机数被改过，与账本第 {seq} 条的指纹不符",
        "{subject}: text or salt of the comment were changed, they do not make the commitment of entry {seq}",
    ),
    "comment-swapped": (
        "{subject}：这里的原文是 {other} 的，两条意见被对调（账本第 {seq} 条）",
        "{subject}: the text there is that of {other}, the two were swapped (entry {seq})",
    ),
    "comment-unrecorded": (
        "{subject}：数据库里有这条意见，账本里没有收到它的记录",
        "{subject}: the comment is in the database, but no entry says that it was received",
    ),
    "comment-gap": (
        "{subject}：这个编号的意见既不在数据库里，也不在账本里",
        "{subject}: no comment has this number, neither in the database nor in the record",
    ),
    "tick-dropped": (
        "{subject}：投标箱第 {number} 次固定的底稿没有了",
        "{subject}: what tick {number} of the box was made of is no longer in the database",
    ),
    "tick-altered": (
        "{subject}：投标箱第 {number} 次固定的底稿与账本不符，被改过",
        "{subject}: what tick {number} of the box was made of does not make the tick in the record",
    ),
    "sealed-dropped": (
        "{subject}：从第 {since} 次固定起在投标箱里的一份投标（指纹 {digest}）没有了",
        "{subject}: a bid that lay in the box since tick {since} (digest {digest}) was dropped",
    ),
    "sealed-inserted": (
        "{subject}：投标 {name} 不在任何一次固定里，是后来塞进去的",
        "{subject}: the bid {name} is in no tick, it was put in later",
    ),
    "sealed-altered": (
        "{subject}：投标 {name} 与固定时的不是一份（原来的指纹 {digest}），被调换或者改过",
        "{subject}: the bid {name} is not the one of the ticks (digest {digest}), it was swapped or altered",
    ),
    "sealed-moved": (
        "{subject}：投标 {name} 送达或者撤回的时间被改过，固定里是第 {since} 次起",
        "{subject}: when the bid {name} came or was withdrawn was changed, the ticks hold it since {since}",
    ),
    "head-altered": (
        "{subject}：投标 {name} 的信封（密钥的加密件）不是递交时的那一份，被调换或者改过",
        "{subject}: the head of the bid {name}, by which it is opened, is not the one that was delivered",
    ),
    "line-unbound": (
        "{subject}：登记行（指纹 {digest}）或者它的撤回不在任何一次固定里，是截止以后放进去或者改过的",
        "{subject}: the line (digest {digest}) or its withdrawal is in no tick, it was put in or changed too late",
    ),
    "sealed-renumbered": (
        "{subject}：投标 {name} 开标时是第 {number} 号，顺序被改过",
        "{subject}: the bid {name} had the number {number} at the opening, the order was changed",
    ),
    "prequalification-altered": (
        "{subject}：资格预审的申请登记或者审查结论被改过，与账本第 {seq} 条的指纹不符",
        "{subject}: applications or findings of the prequalification do not make the commitment of entry {seq}",
    ),
    "prequalification-revealed-wrongly": (
        "{subject}：账本第 {seq} 条公开的资格预审名单，与第 {other} 条的指纹不符",
        "{subject}: the prequalification that entry {seq} revealed does not make the commitment of entry {other}",
    ),
    "bid-dropped": (
        "{subject}：账本第 {seq} 条公开的登记行，在数据库里没有了，或者被换掉",
        "{subject}: the line that entry {seq} revealed is no longer in the database, or was exchanged",
    ),
    "bid-inserted": (
        "{subject}：账本第 {seq} 条公开登记簿时没有这一行，是后来放进去的",
        "{subject}: the register that entry {seq} revealed had no such line, it was put in later",
    ),
    "bid-renumbered": (
        "{subject}：账本第 {seq} 条里这一行是 {other}，登记的次序被改过",
        "{subject}: in entry {seq} this line is {other}, the order of the register was changed",
    ),
    "bid-altered": (
        "{subject}：登记行的内容被改过，与账本第 {seq} 条的指纹不符",
        "{subject}: the line was changed, it does not make the commitment of entry {seq}",
    ),
    "arrival-altered": (
        "{subject}：作废的送达登记被改过、删去或者加进去，与账本第 {seq} 条公开的不符",
        "{subject}: the void arrivals were changed, dropped or added to, they are not those that entry {seq} revealed",
    ),
    "bid-status": (
        "{subject}：账本里这份投标的状态是 {then}，数据库里是 {now}，被改过",
        "{subject}: in the record the status of this bid is {then}, the database says {now}: it was changed",
    ),
    "lists-altered": (
        "{subject}：开标时公布的清单被改过或者没有了，与账本第 {seq} 条的指纹不符",
        "{subject}: the lists that the opening published were changed or dropped, they do not match entry {seq}",
    ),
    "draw-dropped": (
        "{subject}：账本第 {seq} 条登记的抽取，在数据库里没有了",
        "{subject}: the draw that entry {seq} records is no longer in the database",
    ),
    "draw-unrecorded": (
        "{subject}：数据库里有这次抽取，账本里没有它的记录",
        "{subject}: the draw is in the database, but no entry records it",
    ),
    "draw-altered": (
        "{subject}：抽取的名单被改过，与账本第 {seq} 条的指纹不符",
        "{subject}: the names that were drawn were changed, they do not make the commitment of entry {seq}",
    ),
    "draw-swapped": (
        "{subject}：这里的名单是 {other} 的，两次抽取被对调（账本第 {seq} 条）",
        "{subject}: the names there are those of {other}, the two draws were swapped (entry {seq})",
    ),
    "member-dropped": (
        "{subject}：账本第 {seq} 条抽取 {then} 人，数据库里只有 {now} 人：成员被删去",
        "{subject}: entry {seq} tells of {then} members, the database has {now}: somebody was dropped",
    ),
    "member-inserted": (
        "{subject}：账本第 {seq} 条抽取 {then} 人，数据库里有 {now} 人：成员是后来加进去的",
        "{subject}: entry {seq} tells of {then} members, the database has {now}: somebody was put in later",
    ),
    "member-left": (
        "{subject}：数据库里说这名成员退出了，账本里没有记录",
        "{subject}: the database says that this member has left, no entry does",
    ),
    "member-back": (
        "{subject}：账本第 {seq} 条说这名成员退出了，数据库里没有退出，或者原因不同",
        "{subject}: entry {seq} says that this member has left, the database does not, or on another ground",
    ),
    "report-dropped": (
        "{subject}：账本第 {seq} 条收到的评标报告，在数据库里没有了",
        "{subject}: the evaluation report of entry {seq} is no longer in the database",
    ),
    "report-altered": (
        "{subject}：评标报告（评审结果、名次、否决、签字、评标情况）被改过，与账本第 {seq} 条的指纹不符",
        "{subject}: the report (findings, ranks, signatures, summary) was changed, it does not match entry {seq}",
    ),
    "ciphertext-missing": (
        "{subject}：投标 {name} 的密文文件没有了，或者读不出来",
        "{subject}: the ciphertext of the bid {name} is gone, or cannot be read",
    ),
    "ciphertext-altered": (
        "{subject}：投标 {name} 的密文文件与递交时的指纹不符，被改过或者损坏",
        "{subject}: the ciphertext of the bid {name} is not what was delivered, it was changed or damaged",
    ),
    "receipt-unreadable": ("{name}：不是完整的回执文件", "{name}: this is no complete receipt"),
    "receipt-edited": (
        "{name}：文件里的原文与文件里的指纹不符，是这份文件被改过",
        "{name}: the text in the file does not make its commitment: the file was changed",
    ),
    "receipt-forged": (
        "{name}：不是本局签发的回执，签名对不上",
        "{name}: this receipt is not ours, its signature is wrong",
    ),
    "receipt-proof": (
        "{name}：回执里的账本证明不成立：{error}",
        "{name}: the proof in the receipt does not hold: {error}",
    ),
    "receipt-fork": (
        "{name}：回执里的检查点（{size} 条）与现在的账本不一致，账本被改写过",
        "{name}: the checkpoint in the receipt (size {size}) is not of this log, which was rewritten",
    ),
    "receipt-entry-missing": (
        "{name}：本局签收过，账本里却没有第 {seq} 条：它被删去了",
        "{name}: we signed for it, but the record has no entry {seq}: it was dropped",
    ),
    "receipt-entry-altered": (
        "{name}：本局签收过，账本第 {seq} 条却不是当初那一条：记录被改过",
        "{name}: we signed for it, but entry {seq} is not what it was: the record was altered",
    ),
    "receipt-dropped": (
        "{name}：本局签收过，{subject} 在数据库里却没有了：意见被删去了（账本第 {seq} 条还在）",
        "{name}: we signed for it, but {subject} is no longer in the database: it was dropped (entry {seq} is there)",
    ),
    "receipt-altered": (
        "{name}：{subject} 的原文不是当初收下的：意见被改过（账本第 {seq} 条）",
        "{name}: the text of {subject} is not what was received: it was altered (entry {seq})",
    ),
    "receipt-swapped": (
        "{name}：回执码现在指向另一条意见，不是 {subject}：意见被对调（账本第 {seq} 条）",
        "{name}: the code now leads to another comment than {subject}: they were swapped (entry {seq})",
    ),
    "receipt-bid-dropped": (
        "{name}：本单位签收过投标 {bid}，{subject} 里却没有了：投标被删去了",
        "{name}: we signed for the bid {bid}, but {subject} has it no longer: it was dropped",
    ),
    "receipt-bid-altered": (
        "{name}：{subject} 的投标 {bid} 不是当初签收的：密文、投标人或者时间被改过",
        "{name}: the bid {bid} of {subject} is not the one we signed for: payload, bidder or moment were altered",
    ),
    "receipt-bid-untold": (
        "{name}：{subject} 第 {tick} 次固定里应当有投标 {bid}，却没有",
        "{name}: tick {tick} of {subject} must hold the bid {bid}, and does not",
    ),
    "receipt-bid-withdrawn": (
        "{name}：投标 {bid}（{subject}）签收过，从第 {until} 次固定起撤回或者被投标人自己替换",
        "{name}: the bid {bid} of {subject} was received, and withdrawn or replaced by its bidder from tick {until} on",
    ),
    "receipt-bid-pending": (
        "{name}：投标 {bid}（{subject}）在投标箱里，没有改；第 {tick} 次固定还没有做",
        "{name}: the bid {bid} of {subject} is in the box and unchanged; tick {tick} is still to come",
    ),
    "receipt-bid-good": (
        "{name}：投标 {bid}（{subject}）在投标箱里，没有改，第 {tick} 次固定起就有",
        "{name}: the bid {bid} of {subject} is in the box and unchanged, the ticks hold it since {tick}",
    ),
    "receipt-line-dropped": (
        "{name}：登记簿里没有这一行：被删去、改过，或者不是本单位的回执（以盖章的纸件为准）",
        "{name}: no register has this line: it was dropped or altered, or is not ours (the stamped paper decides)",
    ),
    "receipt-line-altered": (
        "{name}：{subject} 登记簿里的这一行不是当初登记的：被改过",
        "{name}: the line in the register of {subject} is not what was written down: it was altered",
    ),
    "receipt-line-untold": (
        "{name}：{subject} 的这一行不在任何一次固定里，是后来登记的",
        "{name}: the line in the register of {subject} is in no tick, it was put in later",
    ),
    "receipt-line-pending": (
        "{name}：在登记簿里（{subject}），没有改；下一次固定还没有做",
        "{name}: in the register of {subject} and unchanged; the next tick is still to come",
    ),
    "receipt-line-good": (
        "{name}：在登记簿里（{subject}），没有改，第 {tick} 次固定起就有",
        "{name}: in the register of {subject} and unchanged, the ticks hold it since {tick}",
    ),
    "receipt-good": (
        "{name}：在账本里（第 {seq} 条，{subject}），一个字也没有改",
        "{name}: in the record (entry {seq}, {subject}) and unchanged",
    ),
    "receipt-pending": (
        "{name}：收下了（第 {seq} 条，{subject}），一个字也没有改；这份回执是封存以前保存的，没有账本的证明",
        "{name}: received (entry {seq}, {subject}) and unchanged; it was saved before the seal and holds no proof",
    ),
}


def told(code: str, **figures: object) -> Problem:
    zh, en = WORDS[code]
    return Problem(code, zh.format(**figures), en.format(**figures))
