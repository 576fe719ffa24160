"""A collection as plain text: who has handed in, what is open, what does not add up."""

from __future__ import annotations

from collecting.collection import OPEN, STATES, Collection, OrganReport

_MOST = 10  # paragraphs in common that are shown
_SHOWN = 3  # findings of an organ shown in a line each


def render(collection: Collection) -> str:
    """The state of each organ, the questions with their choices, the checks that fail."""
    counts = "，".join(f"{state}{len(collection.of(state))}" for state in STATES if collection.of(state))
    lines = [f"{collection.year}年度汇集：{len(collection.organs)}个单位，{counts or '没有单位'}。"]
    lines += [line for one in collection.organs for line in _organ(one)]
    if collection.government:
        lines += ["政府报告：", *_organ(collection.government)]
    lines += [f"不计入 {one.file}：{one.reason}" for one in collection.unmatched]
    for question in collection.open:
        choices = "、".join(c.key if c.key == c.label else f"{c.key}（{c.label}）" for c in question.choices)
        lines += [f"问 {question.text}", f"   编号：{question.id}　可选：{choices}"]
    lines += [f"{check.rule} {check.where}：{check.message}" for check in collection.checks if check.status != "pass"]
    for one in collection.copied[:_MOST]:
        places = "、".join(f"{org}（{where}）" for org, where in one.places)
        lines.append(f"相同 {places}：{one.share:.0%}以上相同，“{one.text}”")
    if len(collection.copied) > _MOST:
        lines.append(f"还有{len(collection.copied) - _MOST}处相同的段落，见 --json 的 copied")
    lines += [f"注：{note}" for note in collection.notes]
    if collection.open:
        lines.append('把答复写成 {"问题编号": "选项"} 的 JSON 文件，用 --answers 交给本命令；答复过的以后不再问')
    return "\n".join(lines)


def _organ(one: OrganReport) -> list[str]:
    said = f"{one.status}　{one.org}"
    if one.file:
        day = f"，{one.day:%Y-%m-%d}" + ("（逾期）" if one.late else "") if one.day else "，没有日期"
        said += f"　{one.file}{day}，错误{len(one.errors)}，疑问{len(one.questions)}"
    elif one.status == OPEN:
        said += "　有文件，等待答复"
    found = [f"    {finding.where}：{finding.message}" for finding in one.errors[:_SHOWN]]
    return [said, *found, *(f"    {note}" for note in one.notes)]
