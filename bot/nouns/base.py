"""The one base of every value that is stored or travels."""

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """A frozen value. Unknown keys are ignored, so that an older version can read what a newer one wrote."""

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_bytes="base64", val_json_bytes="base64")
