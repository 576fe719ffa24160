"""What went wrong with a model, in one Chinese sentence that says what to do."""

from __future__ import annotations

import json

from domain import ModelUnavailable


class TooLong(Exception):
    """A reply that goes on and on."""


def explain(error: Exception, place: str, model: str, patience: float) -> ModelUnavailable:
    """The fault of a call to ``place`` (an address or a file name) as ModelUnavailable.

    Knows the openai client's errors, broken connections, and replies that are not the protocol's.
    """
    import httpx
    import openai

    if isinstance(error, ModelUnavailable):
        return error
    if isinstance(error, TooLong) or isinstance(error.__cause__, TooLong):
        return ModelUnavailable(f"模型服务 {place} 发来的内容太多，没有尽头，请确认地址正确、它兼容 OpenAI 接口")
    if isinstance(error, (openai.APITimeoutError, httpx.TimeoutException)):
        return silent(place, patience)
    if isinstance(error, (openai.APIConnectionError, httpx.HTTPError)):
        return ModelUnavailable(f"连不上模型服务 {place}，请确认服务已启动、地址正确")
    if isinstance(error, openai.APIStatusError):
        return ModelUnavailable(_status(error.status_code, place, model))
    if isinstance(error, (json.JSONDecodeError, openai.APIResponseValidationError)):
        return ModelUnavailable(f"模型服务 {place} 返回的内容不是有效的 JSON，请确认它兼容 OpenAI 接口")
    if isinstance(error, openai.OpenAIError):
        return ModelUnavailable(f"模型服务 {place} 在回答途中报错，请查看该服务的日志")
    return ModelUnavailable(f"模型服务 {place} 返回的内容不符合 OpenAI 接口，请确认地址以 /v1 结尾")


def silent(place: str, patience: float) -> ModelUnavailable:
    """Nothing came for too long."""
    return ModelUnavailable(f"模型服务 {place} 超过 {patience:g} 秒没有回应")


def endless(place: str, seconds: float) -> ModelUnavailable:
    """Something came all the time, and no end."""
    return ModelUnavailable(f"模型服务 {place} 过了 {seconds:g} 秒还没有答完，已停止等待")


def empty(place: str) -> ModelUnavailable:
    """The reply held no text."""
    return ModelUnavailable(f"模型服务 {place} 没有返回内容")


def _status(code: int, place: str, model: str) -> str:
    if code == 401:
        return f"模型服务 {place} 拒绝了密钥，请核对 GONGKAI_LLM_API_KEY"
    if code == 403:
        return f"模型服务 {place} 不允许使用模型“{model}”，请核对账户权限"
    if code == 404:
        return f"模型服务 {place} 上没有模型“{model}”，请核对 GONGKAI_LLM_MODEL 和地址"
    if code == 429:
        return f"模型服务 {place} 繁忙或额度已用完，请稍后再试"
    if code >= 500:
        return f"模型服务 {place} 内部出错（{code}），请稍后再试或查看该服务的日志"
    return f"模型服务 {place} 不接受这个请求（{code}），可能是内容超出了模型“{model}”的长度"
