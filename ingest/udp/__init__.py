"""UDP and RTP: sockets that outlive decoders, and what is known of the transport streams in them."""
