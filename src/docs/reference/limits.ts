import type { Language, Text } from "../../domain/kit/language";
import { defaultLimits } from "../../server/limits";
import { joined, table } from "../markdown";

const whole = (count: number) => count.toLocaleString("en-US");
const mebibytes = (bytes: number) => `${whole(bytes / 1024 / 1024)} MiB`;
const seconds = (ms: number, language: Language) => (language === "en" ? `${ms / 1000} s` : `${ms / 1000} 秒`);

type Row = readonly [what: Text, most: Text | string, code: Text | string];

/** Every bound on one request, read from the server's own table. */
function requestRows(language: Language): Row[] {
  const limits = defaultLimits;
  return [
    [
      { en: "body of a request, or one message of a socket", zh: "请求体，或套接字的一条消息" },
      mebibytes(limits.bodyBytes),
      { en: "`REQUEST_TOO_LARGE` (a socket is closed with 1009)", zh: "`REQUEST_TOO_LARGE`（套接字以 1009 关闭）" },
    ],
    [
      { en: "document", zh: "查询文档" },
      {
        en: `${whole(limits.documentCharacters)} characters, ${whole(limits.tokens)} tokens, ${limits.repeats} fields that a selection names again`,
        zh: `${whole(limits.documentCharacters)} 字符，${whole(limits.tokens)} 词元，同一选择中重复字段 ${limits.repeats} 个`,
      },
      "`QUERY_TOO_LARGE`",
    ],
    [
      { en: "document", zh: "查询文档" },
      {
        en: `${limits.depth} fields deep, ${limits.aliases} aliases`,
        zh: `字段嵌套 ${limits.depth} 层，别名 ${limits.aliases} 个`,
      },
      { en: "`QUERY_TOO_DEEP`, `TOO_MANY_ALIASES`", zh: "`QUERY_TOO_DEEP`、`TOO_MANY_ALIASES`" },
    ],
    [
      { en: "variables", zh: "变量" },
      {
        en: `${whole(limits.variableValues)} values, ${limits.jsonDepth} levels, ${limits.objectNames} names an object, ${whole(limits.listItems)} items a list, ${whole(limits.textCharacters)} characters a text, ${limits.nameCharacters} a name`,
        zh: `${whole(limits.variableValues)} 个值，${limits.jsonDepth} 层，每个对象 ${limits.objectNames} 个字段名，每个列表 ${whole(limits.listItems)} 项，每段文本 ${whole(limits.textCharacters)} 字符，每个字段名 ${limits.nameCharacters} 字符`,
      },
      "`INVALID_INPUT`",
    ],
    [{ en: "faults that one answer lists", zh: "一次应答列出的错误" }, String(limits.errors), ""],
    [
      {
        en: "brackets and commas of a JSON text, counted before it is read",
        zh: "JSON 文本中括号与逗号的个数，读取之前先数",
      },
      whole(limits.jsonValues),
      "`INVALID_INPUT`",
    ],
    [
      { en: "time for one request; for its headers", zh: "单个请求的时间；其请求头的时间" },
      `${seconds(limits.requestMs, language)}; ${seconds(limits.headersMs, language)}`,
      { en: "`TIMEOUT` (headers: 408)", zh: "`TIMEOUT`（请求头为 408）" },
    ],
    [
      { en: "requests of one connection that wait for their answers", zh: "一个连接上等待应答的请求" },
      String(limits.pipelined),
      { en: "the connection is cut", zh: "断开" },
    ],
    [
      { en: "pieces of a socket's message", zh: "套接字一条消息的分片数" },
      "1,000",
      { en: "closed with 1008", zh: "以 1008 关闭" },
    ],
    [
      { en: "address and headers of a request", zh: "请求地址与请求头" },
      "16 KiB",
      { en: "`REQUEST_TOO_LARGE` (431)", zh: "`REQUEST_TOO_LARGE`（431）" },
    ],
    [{ en: "cost of one operation", zh: "一次操作的成本" }, whole(limits.cost), "`QUERY_TOO_COSTLY`"],
    [
      { en: "operations at once on one socket", zh: "一个套接字同时进行的操作" },
      String(limits.operationsPerSocket),
      "`TOO_MANY_OPERATIONS`",
    ],
    [
      { en: "messages of one socket in a minute", zh: "一个套接字每分钟的消息数" },
      whole(limits.socketMessages),
      { en: "closed with 4429", zh: "以 4429 关闭" },
    ],
    [
      { en: "bytes that a socket has not taken yet", zh: "一个套接字未取走的字节" },
      mebibytes(limits.socketBufferBytes),
      { en: "the connection is cut", zh: "断开" },
    ],
    [
      { en: "what a subscription was asked with", zh: "一个订阅的请求内容" },
      `${limits.subscriptionBytes / 1024} KiB`,
      "`REQUEST_TOO_LARGE`",
    ],
  ];
}

const shareWords: Readonly<Record<keyof (typeof defaultLimits)["shares"]["address"], Text>> = {
  requests: { en: "requests in a minute, pages and files included", zh: "每分钟请求数，含页面与文件" },
  cost: { en: "cost in a minute", zh: "每分钟成本" },
  sockets: { en: "sockets at once", zh: "同时的套接字" },
  subscriptions: { en: "subscriptions at once, over sockets and event streams", zh: "同时的订阅，含套接字与事件流" },
  bytes: { en: "request bodies on the way", zh: "正在接收的请求体" },
  connections: {
    en: `connections at once; ${whole(defaultLimits.connections)} in all`,
    zh: `同时的连接；总数 ${whole(defaultLimits.connections)}`,
  },
};

const words = {
  en: {
    title: "Limits",
    about:
      "Nothing that a client sends costs more than work in proportion to its size, on any transport. Each bound stands in `src/server/limits.ts`; what is over it is refused before anything else reads it. [The API](../api.md) tells what an operation costs and what a client does with an answer of 429; [Operate](../operate.md) tells how addresses are known behind a proxy.",
    head: ["what", "at most", "code"],
    shares: "Shares",
    sharesAbout:
      "Each address has a share, and each person who is signed in has a share of their own, which leaves the address's alone. What is over it is `RATE_LIMITED` (429). `RATE_LIMIT_SCALE` multiplies every share.",
    sharesHead: ["share", "an address", "a person"],
  },
  zh: {
    title: "限额",
    about:
      "无论以何种方式传输，客户端所发内容的处理量只与其大小成正比。各项数字见 `src/server/limits.ts`；超出者在读取之前即被拒绝。一次操作的成本如何计算、得到 429 时怎么办，见[接口](../api.md)；代理之后如何识别地址，见[运维](../operate.md)。",
    head: ["对象", "上限", "代码"],
    shares: "份额",
    sharesAbout:
      "每个地址有一份份额；登录的人各有自己的份额，不占地址的份额。超出者为 `RATE_LIMITED`（429）。`RATE_LIMIT_SCALE` 同时放大或缩小各项份额。",
    sharesHead: ["份额", "每个地址", "每个人"],
  },
} as const;

export function limitsPage(language: Language): string {
  const { title, about, head, shares, sharesAbout, sharesHead } = words[language];
  const cell = (text: Text | string) => (typeof text === "string" ? text : text[language]);
  const { address, person } = defaultLimits.shares;
  const share = (most: number | undefined, name: string) =>
    most === undefined ? "" : name === "bytes" ? mebibytes(most) : whole(most);
  return joined(
    `# ${title}`,
    about,
    table(
      head,
      requestRows(language).map((row) => row.map(cell)),
    ),
    `## ${shares}`,
    sharesAbout,
    table(
      sharesHead,
      (Object.keys(shareWords) as (keyof typeof shareWords)[]).map((name) => [
        shareWords[name][language],
        share(address[name], name),
        share(name === "connections" ? undefined : person[name], name),
      ]),
    ),
  );
}
