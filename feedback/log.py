"""Structured logs: events and their facts, never an answer, a code or an address of a person."""

import logging
import re
import sys

import structlog

FORBIDDEN = frozenset(
    {
        "answer",
        "answers",
        "text",
        "comment",
        "code",
        "receipt",
        "email",
        "address",
        "ip",
        "password",
    }
)


def set_up(log_format: str = "lines") -> None:
    """Send every log line, ours and the libraries', to standard error in one format."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_personal,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared, safe_exception, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                safe_exception,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)


class NoAddresses(logging.Filter):
    """Takes network addresses out of the server's own lines."""

    _ADDRESS = re.compile(
        r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}\b", re.I
    )

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; every line stays."""
        record.msg, record.args = self._ADDRESS.sub("(address)", record.getMessage()), ()
        return True


def drop_personal(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Take out facts whose name says that they belong to a person."""
    return {key: value for key, value in event.items() if key not in FORBIDDEN}


def safe_exception(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Say where an exception came from without its message, which may quote an answer.

    Database errors carry the statement's parameters, that is, what a person wrote.
    """
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    if isinstance(raised, tuple):
        raised = raised[1]
    if isinstance(raised, BaseException):
        event["exception"] = type(raised).__name__
        event["where"] = _where(raised)
    return event


def _where(raised: BaseException) -> str:
    steps, trace = [], raised.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        steps.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(steps[-8:])
