"""Pictures that the host's own people brought in, besides the sets that travel with the program."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.base import Base


class UploadedPicture(Base):
    """A picture as it is served: written anew by us, so that nothing hides in it."""

    __tablename__ = "uploaded_picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)  # upload/<hash of the content>
    media: Mapped[str] = mapped_column(String(40))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]  # pixels
    height: Mapped[int]
    words: Mapped[list[Any]] = mapped_column(JSON)  # to search for it
    credit: Mapped[str] = mapped_column(String(200), default="")
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime]
