"""Ways in which offices word the same statements; the names in braces are keys of ``Sample.stated``.

One pattern of each group is picked at random, so that a report's sentences are combined anew.
"""

WORDINGS: dict[str, tuple[str, ...]] = {
    # the order and headings of part 一
    "overview": (
        "（一）主动公开\n{posted}{decided}\n（二）依申请公开\n{received}{results}{compared}{disputes}\n"
        "（三）政府信息管理\n{management}\n（四）政府信息公开平台建设\n{platform}\n（五）监督保障\n{organisation}",
        "（一）主动公开情况。{posted}\n{decided}\n（二）依申请公开情况。{received}\n{compared}{results}\n{disputes}\n"
        "（三）政府信息管理情况。{management}\n（四）平台建设情况。{platform}\n（五）监督保障情况。{organisation}",
        "1.主动公开工作\n{decided}{posted}\n2.依申请公开工作\n{received}{results}\n{compared}\n{disputes}\n"
        "3.政府信息管理工作\n{management}\n4.公开平台建设工作\n{platform}\n5.监督保障工作\n{organisation}",
        "一年来，本机关坚持以公开促落实，各项工作平稳推进。\n在主动公开方面，{posted}{decided}\n在依申请公开方面，{received}{results}{compared}{disputes}\n"
        "在政府信息管理方面，{management}\n在平台建设方面，{platform}\n在监督保障方面，{organisation}",
    ),
    "posted": (
        "全年主动公开各类政府信息{posted}条，其中通知公告{a}条、政策文件{b}条、工作动态{c}条、财政信息{d}条。",
        "{year}年，通过门户网站共发布信息{posted}条。其中：机构职能类{a}条，重点领域类{b}条，办事服务类{c}条，人事信息类{d}条。",
        "本年度共主动公开信息{posted}条（网站{a}条，微信公众号{b}条，政务微博{c}条，其他渠道{d}条）。",
        "累计公开政府信息{wan}万条，涉及机构设置、规划计划、财政资金、应急管理等内容。",
    ),
    "decided": (
        "全年制发行政规范性文件{issued}件，现行有效{in_force}件，作出行政许可决定{licensing}件、行政处罚决定{penalties}件。",
        "年内作出行政许可{licensing}件，行政处罚{penalties}件，均按规定在七个工作日内公示。",
        "截至{year}年12月31日，现行有效的行政规范性文件共{in_force}件。",
        "及时更新权责清单和办事指南，政策文件与解读材料同步起草、同步发布。",
    ),
    "received": (
        "全年收到政府信息公开申请{new}件，上年结转{carried_in}件，办结{done}件，结转下年度继续办理{carried_out}件。",
        "共收办政府信息公开申请{handled}件，其中新收{new}件、上年结转{carried_in}件；按时答复{done}件，结转下年{carried_out}件。",
        "{year}年共受理依申请公开{new}件（自然人{persons}件，法人或其他组织{bodies}件），全部依法依规办理。",
        "本年新收政府信息公开申请{new}件。从申请主体看，自然人申请{persons}件，法人和其他组织申请{bodies}件；全年办结{done}件。",
        "全年办理政府信息公开申请{handled}件（含上年结转{carried_in}件），年内办结{done}件，其余{carried_out}件结转{year}年之后办理。",
    ),
    "none": (
        "全年没有收到政府信息公开申请。",
        "{year}年，本机关未收到政府信息公开申请，无上年结转事项。",
        "本年度收到政府信息公开申请0件，结转0件。",
        "全年未接到公民、法人或其他组织提出的信息公开申请。",
    ),
    "results": (
        "办理结果为：予以公开{granted}件，部分公开{partial}件，不予公开{denied}件，无法提供{unavailable}件，不予处理{not_processed}件，其他处理{other}件。",
        "在办结的申请中，予以公开{granted}件，占{share}%；部分公开{partial}件。",
        "全年办结{done}件，其中予以公开{granted}件、部分公开{partial}件、不予公开{denied}件、无法提供{unavailable}件、不予处理{not_processed}件、其他处理{other}件。",
        "规范登记、审核、答复、送达各环节，答复文书统一编号存档。",
    ),
    "compared": (
        "新收申请数量比{last}年的{last_new}件{direction}{rate}%。",
        "新收申请{new}件，上年为{last_new}件，同比{direction}{rate}%。",
        "与上年新收{last_new}件相比，{more}{difference}件。",
        "",
    ),
    "disputes": (
        "因政府信息公开被申请行政复议{review}件，其中结果维持{review_upheld}件、结果纠正{review_corrected}件；被提起行政诉讼{suits}件。",
        "全年审结政府信息公开行政复议案件{review_closed}件，行政诉讼案件{suits_closed}件。",
        "本年度发生政府信息公开行政复议{review}件、行政诉讼{suits}件。",
        "",
    ),
    "management": (
        "严格执行信息发布审核制度，落实先审后发，对历年文件开展全面清理，动态更新公开目录。",
        "健全政府信息制作、获取、保存、处理机制，文件起草时同步确定公开属性，定期开展保密审查。",
        "完善政府信息资源的规范化管理，明确信息发布的三级审核责任，对失效文件及时标注。",
    ),
    "platform": (
        "优化门户网站栏目设置，新增检索和智能问答功能，网站全年安全平稳运行。",
        "加强政府网站与政务新媒体的内容保障，做好日常巡查，发现错链及时整改。",
        "依托市政府门户网站集中发布信息，在政务服务大厅设置公开查阅点，方便群众查询。",
    ),
    "organisation": (
        "将政务公开纳入年度考核，开展业务培训{trainings}次，社会评议结果良好，全年没有发生责任追究情形。",
        "主要负责同志听取工作汇报，分管负责同志定期调度；组织培训{trainings}次，未发生需要追究责任的情况。",
        "成立领导小组，明确专人负责，全年举办培训班{trainings}期，接受社会评议，结果为满意，无责任追究情况。",
    ),
    "problems": (
        "（一）存在的问题\n{problems}。\n（二）改进情况\n{measures}。",
        "当前工作中还有不足：{problems}。下一步，我们将采取以下措施：{measures}。",
        "存在的主要问题：{problems}。\n改进措施：{measures}。",
    ),
    "fees": (
        "本年度发出信息处理费收费通知{fee_notices}件，总金额{fee_due}元，实际收取{fee_received}元。",
        "依据政府信息公开信息处理费管理办法，全年发出收费通知{fee_notices}件，应收金额{fee_due}元，实收信息处理费{fee_received}元。",
        "{year}年，发出信息处理费缴费通知{fee_notices}份，涉及金额{fee_due}元，实际收取金额{fee_received}元。无其他需要报告的事项。",
    ),
}

# (problem, its measure)
MEASURES: tuple[tuple[str, str], ...] = (
    ("政策解读形式较为单一，图表和视频解读偏少", "丰富政策解读形式，每季度至少制作两件图表或视频解读"),
    ("个别科室公开意识不强，信息报送不够及时", "压实科室责任，建立信息报送台账，每月通报报送情况"),
    ("依申请公开答复文书不够规范", "统一依申请公开答复文书模板，由法制机构逐件审核"),
    ("公开平台检索功能不够便捷", "升级公开平台检索功能，增加按主题和年份筛选"),
    ("基层工作人员业务培训不足", "每半年组织一次业务培训，重点讲解申请办理流程"),
    ("公开目录更新不够及时", "按季度更新公开目录，由专人负责核对"),
)
