// Gradio's own messages in Chinese: what its tables of words leave in English.
(() => {
  const WORDS = [
    [/^Invalid file types?:\s*(.*)\. Only (.*) allowed\.$/s, (_, files, kinds) => `不能读这种文件：${files}。这里只收 ${kinds.replaceAll(",", "、")}`],
    [/^Invalid file type\..*?\[(.*)\]\s*$/s, (_, kinds) => `不能读这种文件，这里只收 ${kinds.replaceAll(/['" ]/g, "").replaceAll(",", "、")}`],
    [/^Connection to the server was lost\..*$/s, "与工作台的连接断了，正在重新连接……已经写下的文字留在这一页，连上后会自动保存。"],
    [/^(?:Connection errored out|Connection failed|Failed to fetch|NetworkError.*|Load failed|Network error.*)\.?\s*$/s, "没有连上工作台，刚才的操作没有完成。请看看程序是否还开着，连上后再试一次。"],
    [/^(?:This application is currently busy|Queue is full).*$/s, "工作台正忙，请稍后再试。"],
    [/^(?:Session not found|Could not (?:resolve app config|get API info)).*$/s, "工作台重新启动过，请刷新页面再试。"],
    [/^(?:Reconnected|Connection re-?established).*$/s, "已重新连上。"],
    [/^File size exceeds.*$/is, "文件太大，没有上传。"],
    [/^(?:Upload failed|Failed to upload).*$/is, "文件没有传完，请再试一次。"],
    [/^(?:Internal Server Error|Error|None)$/, "出错了"],
    [/^Warning$/, "请注意"],
    [/^Info$/, "提示"],
    [/^Success$/, "完成"],
  ];
  const said = (text) => {
    for (const [english, chinese] of WORDS) if (english.test(text)) return text.replace(english, chinese);
    return text;
  };
  const translate = (element) => {
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode()); ) {
      const text = node.data.trim(), chinese = text && said(text);
      if (chinese && chinese !== text) node.data = chinese;
    }
  };
  const PLACES = ".toast-wrap, .toast-body, [data-testid=status-tracker], .error";
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      const near = (target.nodeType === Node.TEXT_NODE ? target.parentElement : target)?.closest?.(PLACES);
      if (near) translate(near);
      for (const node of addedNodes) node.querySelectorAll?.(PLACES).forEach(translate);
    }
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
})();
